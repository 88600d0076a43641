"""What is said where no model answers: what can be said, and what was not understood."""

from collections.abc import Sequence

from dayloom.chat.telling import short
from dayloom.language.commands import Op, Unclear
from dayloom.tasks.models import Task

BY_RULES, BY_MODEL = "Answered by rules", "Answered by your model"
WORDS = {Op.EXPLAIN: "Explain"}
HELP = (
    "I did not understand that: without a language model I know plain orders only. You can say:\n"
    "• “Create high priority task to fix login bug”\n"
    "• “Start task 5”, “Stop”, “Complete the login bug task”, “Delete task 5”\n"
    "• “Move task 5 to tomorrow 14:00”, “Replan my day”\n"
    "• “What tasks do I have?”, “What is due this week?”, “Why is task 5 on Thursday?”\n"
    "• “Why is task 5 not at 14:00?”, “Could it be tomorrow at 9?” says what that would cost\n"
    "With a model connected in the settings, you can speak freely."
)


def which(unclear: Unclear, tasks: Sequence[Task]) -> str:
    """Ask which of several tasks is meant, or say that there is none of that name."""
    verb = WORDS.get(unclear.op, unclear.op.value.capitalize())
    if not tasks and not unclear.named:
        return f"{verb} what? Say it with a task, such as “{verb} task 5”."
    if not tasks:
        return (
            f"No open task is called “{short(unclear.named)}”. Say “What tasks do I have?” to see "
            "them all."
        )
    lines = [f"#{task.id} {short(task.title)}" for task in tasks]
    when = f" to {unclear.when_text}" if unclear.when_text else ""
    example = f"“{verb} task {tasks[0].id}{when}”"
    return "\n".join(["Which one do you mean?", *lines, f"Say the number, as in {example}."])
