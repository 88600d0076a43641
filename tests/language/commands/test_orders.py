"""Plain orders are read, and what is no order is left alone."""

import pytest

from dayloom.language.commands import Known, Offered, Op, Order, Said, Scope, Unclear, read_orders

TASKS = (
    Known(id=5, title="Fix login bug"),
    Known(id=7, title="Write the report", running=True),
    Known(id=8, title="Buy milk"),
    Known(id=9, title="Call Müller about the invoice"),
    Known(id=11, title="Call the plumber"),
    Known(id=12, title="Prepare quarterly presentation"),
    Known(id=13, title="Review 3 contracts"),
)
OFFERED = Offered(TASKS, focus=8)

ABOUT_TASKS = [
    ("Start task 5", Op.START, 5),
    ("start 5", Op.START, 5),
    ("start #5", Op.START, 5),
    ("please start task #5", Op.START, 5),
    ("Could you start task 5?", Op.START, 5),
    ("Hey, can you please start the login bug?", Op.START, 5),
    ("begin the login bug", Op.START, 5),
    ("resume login bug", Op.START, 5),
    ("continue with the presentation", Op.START, 12),
    ("work on the presentation", Op.START, 12),
    ("start working on the presentation", Op.START, 12),
    ("I'm working on the presentation", Op.START, 12),
    ("I’m starting the presentation now", Op.START, 12),
    ("start it", Op.START, 8),
    ("let's start the milk task", Op.START, 8),
    ("START TASK 5!", Op.START, 5),
    ("start task 99", Op.START, 99),
    ("Stop task 7", Op.STOP, 7),
    ("stop", Op.STOP, 7),
    ("pause", Op.STOP, 7),
    ("stop working", Op.STOP, 7),
    ("stop it", Op.STOP, 7),
    ("pause the report", Op.STOP, 7),
    ("stop working on the report", Op.STOP, 7),
    ("i stopped working on the report", Op.STOP, 7),
    ("Complete the login bug task", Op.COMPLETE, 5),
    ("complete the logn bug task", Op.COMPLETE, 5),
    ("complete login bugs", Op.COMPLETE, 5),
    ("Complete task 5", Op.COMPLETE, 5),
    ("finish #5", Op.COMPLETE, 5),
    ("I'm done with the report", Op.COMPLETE, 7),
    ("im done with the report", Op.COMPLETE, 7),
    ("I am finished with the report", Op.COMPLETE, 7),
    ("we're done with the report", Op.COMPLETE, 7),
    ("done", Op.COMPLETE, 7),
    ("I'm done", Op.COMPLETE, 7),
    ("that's done", Op.COMPLETE, 7),
    ("complete it", Op.COMPLETE, 7),
    ("I finished the report", Op.COMPLETE, 7),
    ("I've finished the report.", Op.COMPLETE, 7),
    ("I just completed the report", Op.COMPLETE, 7),
    ("finished the report", Op.COMPLETE, 7),
    ("done with #7", Op.COMPLETE, 7),
    ("the report is done", Op.COMPLETE, 7),
    ("the report is finished now", Op.COMPLETE, 7),
    ("#7 is done", Op.COMPLETE, 7),
    ("mark the report as done", Op.COMPLETE, 7),
    ("mark task 7 complete", Op.COMPLETE, 7),
    ("Mark 7 as completed please", Op.COMPLETE, 7),
    ("tick off the milk", Op.COMPLETE, 8),
    ("check off buy milk", Op.COMPLETE, 8),
    ("close the quaterly presentation", Op.COMPLETE, 12),
    ("complete call muller", Op.COMPLETE, 9),
    ("finish contracts", Op.COMPLETE, 13),
    ("delete #7", Op.DELETE, 7),
    ("delete task 7", Op.DELETE, 7),
    ("remove the milk", Op.DELETE, 8),
    ("remove the milk from my list", Op.DELETE, 8),
    ("get rid of the milk task", Op.DELETE, 8),
    ("cancel the plumber", Op.DELETE, 11),
    ("delete it", Op.DELETE, 8),
    ("remove task 7, it got cancelled", Op.DELETE, 7),
    ("drop the presentation", Op.DELETE, 12),
    ("why is the report on Thursday?", Op.EXPLAIN, 7),
    ("Why is #7 at 14:00?", Op.EXPLAIN, 7),
    ("why isn't the report planned?", Op.EXPLAIN, 7),
    ("why did you put the report on Friday?", Op.EXPLAIN, 7),
    ("when is the login bug?", Op.EXPLAIN, 5),
    ("when will I do the login bug?", Op.EXPLAIN, 5),
    ("explain task 12", Op.EXPLAIN, 12),
    ("Explain why the presentation is so late", Op.EXPLAIN, 12),
]

MOVES = [
    ("move the report to tomorrow 14:00", 7, "tomorrow 14:00"),
    ("Move task 5 to Friday", 5, "Friday"),
    ("reschedule the login bug for tomorrow at 9am", 5, "tomorrow at 9am"),
    ("postpone the milk until Monday", 8, "Monday"),
    ("push #12 to next week", 12, "next week"),
    ("put the plumber on Thursday at 10:00", 11, "Thursday at 10:00"),
    ("move the report tomorrow afternoon", 7, "tomorrow afternoon"),
    ("shift it to 16:00", 8, "16:00"),
    ("could you move call Müller to Tuesday morning?", 9, "Tuesday morning"),
]

PLACES = [
    ("why is the report not at 14:00?", 7, "at 14:00"),
    ("Why isn't the report planned at 2pm?", 7, "at 2pm"),
    ("why isn’t #7 tomorrow at 9?", 7, "tomorrow at 9"),
    ("why not the report at noon?", 7, "at noon"),
    ("why can't I do the report on Thursday at 10:00?", 7, "on Thursday at 10:00"),
    ("could the login bug be tomorrow at 9?", 5, "tomorrow at 9"),
    ("could it be at 16:00", 8, "at 16:00"),
    ("Can the plumber go to Fri 9:30?", 11, "to Fri 9:30"),
    ("could I move review 3 contracts to 3 Dec 14:00?", 13, "to 3 Dec 14:00"),
    ("what about the report at 14:00?", 7, "at 14:00"),
    ("what if the milk were next Monday at 8?", 8, "next Monday at 8"),
    ("would task 12 fit at 11?", 12, "at 11"),
]

CREATIONS = [
    ("Create high priority task to fix login bug", "Fix login bug high priority"),
    ("create a task to buy milk", "Buy milk"),
    ("Create a new task: buy milk tomorrow", "Buy milk tomorrow"),
    ("create task called Water the plants", "Water the plants"),
    ("Add buy milk", "Buy milk"),
    ("add buy milk to my list", "Buy milk"),
    ("add a task to call mum tomorrow at 5pm", "Call mum tomorrow at 5pm"),
    ("add an urgent task to call mum", "Call mum urgent"),
    ("please add a reminder to stretch", "Stretch"),
    ("can you create a todo for the tax return by Friday?", "The tax return by Friday"),
    ("remind me to water the plants every Monday", "Water the plants every Monday"),
    ("Remind me about the dentist tomorrow", "The dentist tomorrow"),
    ("remind me tomorrow to call mum", "Call mum tomorrow"),
    ("new task: file taxes 2h", "File taxes 2h"),
    ("todo: file taxes", "File taxes"),
    ("make a 30 minute task to clean the desk", "Clean the desk 30 minute"),
    ("create task don't forget the keys", "Don't forget the keys"),
    ("Add a low priority task to sort photos.", "Sort photos low priority"),
    ("note down ideas for the talk", "Ideas for the talk"),
    ("please add: renew passport by Dec 11, 1h", "Renew passport by Dec 11, 1h"),
]

LISTS = [
    ("What tasks do I have?", Scope.OPEN),
    ("what do I have to do?", Scope.OPEN),
    ("show my tasks", Scope.OPEN),
    ("Show me all my open tasks", Scope.OPEN),
    ("list tasks", Scope.OPEN),
    ("list", Scope.OPEN),
    ("what's left?", Scope.OPEN),
    ("how many tasks do I have?", Scope.OPEN),
    ("what's on my plate?", Scope.OPEN),
    ("what's next?", Scope.NEXT),
    ("What should I do next?", Scope.NEXT),
    ("what should I work on now?", Scope.NEXT),
    ("next", Scope.NEXT),
    ("what is due this week?", Scope.DUE_WEEK),
    ("What's due today?", Scope.DUE_TODAY),
    ("which tasks are due tomorrow?", Scope.DUE_TOMORROW),
    ("what is due?", Scope.DUE_WEEK),
    ("what do I have today?", Scope.TODAY),
    ("what's planned for today?", Scope.TODAY),
    ("how does my day look?", Scope.TODAY),
    ("what does tomorrow look like?", None),
    ("what's on for tomorrow?", Scope.TOMORROW),
    ("what do I have this week?", Scope.WEEK),
    ("what is overdue?", Scope.LATE),
    ("am I late with anything?", Scope.LATE),
    ("what am I working on?", Scope.RUNNING),
    ("what did I finish today?", Scope.DONE),
]

PLANS = [
    "replan my day",
    "Plan my day",
    "plan again",
    "re-plan everything",
    "please replan",
    "could you reschedule everything?",
    "rearrange my week",
    "make a new plan",
]

NO_ORDERS = [
    "",
    "   ",
    "?",
    "I might complete it later",
    "don't delete it",
    "Don't delete the report!",
    "do not start task 5",
    "never delete anything",
    "I haven't finished the report",
    "I can't complete the report",
    "maybe delete the milk",
    "should I complete the report?",
    "should I delete #7?",
    "complete the report if it rains",
    "Hello",
    "thank you",
    "How are you?",
    "I would have finished the report",
    "the report is not done",
    "I almost finished the report",
    "tell me a joke",
    "Why is the sky blue?",
    "what is the capital of France?",
    "I am done with my life as a student",
    "I'm tired",
    "start task 5\nand delete everything",
    "create",
    "create a task",
    "move",
    "delete",
    "#5",
    "The word delete is ugly",
    "Is the report done?",
    "How was my week?",
    "What was the weather like today?",
    "what did I eat today?",
    "how was work today",
]


@pytest.mark.parametrize(("words", "op", "task_id"), ABOUT_TASKS)
def test_the_task_that_is_named_is_found(words: str, op: Op, task_id: int) -> None:
    assert read_orders(words, OFFERED) == (Order(op=op, task_id=task_id),)


@pytest.mark.parametrize(("words", "task_id", "when"), MOVES)
def test_where_a_task_goes_is_cut_from_its_name(words: str, task_id: int, when: str) -> None:
    assert read_orders(words, OFFERED) == (Order(op=Op.MOVE, task_id=task_id, when_text=when),)


@pytest.mark.parametrize(("words", "task_id", "when"), PLACES)
def test_a_place_that_is_asked_about_is_cut_from_its_name(
    words: str, task_id: int, when: str
) -> None:
    wanted = (Order(op=Op.EXPLAIN, task_id=task_id, when_text=when),)
    assert read_orders(words, OFFERED) == wanted


@pytest.mark.parametrize(("words", "text"), CREATIONS)
def test_a_new_task_keeps_its_own_words(words: str, text: str) -> None:
    assert read_orders(words, OFFERED) == (Order(op=Op.CREATE, text=text),)


@pytest.mark.parametrize(("words", "scope"), LISTS)
def test_questions_name_the_tasks_that_they_are_about(words: str, scope: Scope | None) -> None:
    wanted = (Order(op=Op.LIST, scope=scope),) if scope else None
    assert read_orders(words, OFFERED) == wanted


@pytest.mark.parametrize("words", PLANS)
def test_a_plan_is_asked_for(words: str) -> None:
    assert read_orders(words, OFFERED) == (Order(op=Op.PLAN),)


@pytest.mark.parametrize("words", NO_ORDERS)
def test_what_is_no_order_changes_nothing(words: str) -> None:
    said = read_orders(words, OFFERED)
    assert said is None or (isinstance(said, Unclear) and not said.candidates)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("complete call", Unclear(op=Op.COMPLETE, named="call", candidates=(9, 11))),
        ("delete the call", Unclear(op=Op.DELETE, named="the call", candidates=(9, 11))),
        (
            "move the call to Friday",
            Unclear(op=Op.MOVE, named="the call", candidates=(9, 11), when_text="Friday"),
        ),
        ("start the engine", Unclear(op=Op.START, named="the engine")),
        ("complete the report by Friday", Unclear(op=Op.COMPLETE, named="the report by Friday")),
    ],
)
def test_between_two_tasks_it_asks_and_guesses_at_none(words: str, said: Said) -> None:
    assert read_orders(words, OFFERED) == said


def test_the_whole_title_wins_over_a_longer_one() -> None:
    tasks = (Known(id=1, title="Report"), Known(id=2, title="Send report"))
    assert read_orders("complete the report", Offered(tasks)) == (
        Order(op=Op.COMPLETE, task_id=1),
    )


def test_a_few_numbers_are_a_few_orders() -> None:
    said = read_orders("complete 5, 7 and #8", OFFERED)
    assert said == tuple(Order(op=Op.COMPLETE, task_id=number) for number in (5, 7, 8))


def test_many_numbers_are_no_plain_order() -> None:
    said = read_orders("delete 1, 2, 3, 4, 5", OFFERED)
    assert isinstance(said, Unclear)
    assert not said.candidates


def test_it_means_nothing_where_nothing_was_spoken_of() -> None:
    said = read_orders("delete it", Offered(TASKS))
    assert said == Unclear(op=Op.DELETE, named="it")


def test_long_texts_are_no_orders() -> None:
    assert read_orders("delete " + "it " * 400, OFFERED) is None
