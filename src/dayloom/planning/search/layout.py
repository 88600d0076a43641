"""How the kernel lays out its memory: two flat rows of whole numbers, and addresses in them.

`m` holds the instance and never changes, `s` holds the plan and the scratch space of a move. Both
are arrays of 64-bit integers for the compiled kernel and lists for plain Python. A task is the
address `t` of its record in `m`; `m[t + DURATION]` is its duration, `m[t + PLACE]` the address
of its place in `s`. Lists of a record are given by the addresses where they start and stop.
"""

from typing import Any

Row = Any  # numpy's array of int64, or a list of int
FAR = 1 << 30

# m: the head, then the records of the tasks, then tables
SIZE, BUFFER, PIECES, MOVABLE, MOVABLE_TO, LOGS, LOGS_TO = range(7)
HEAD = 8

# m: the record of a task
DURATION, WEIGHT, RELEASE, DUE, DEADLINE, MIN_CHUNK, MAX_CHUNK, ASAP, FIXED = range(9)
DROP, MOVE, FLOOR, GOAL, WORTH, NEED, DENSITY, PLACE = range(9, 17)
OPEN, OPEN_UNTIL, LIKED_UNTIL, LIKED_BEFORE = range(17, 21)  # tables by step
LIMITS, LIMITS_TO, LEVELS, LEVELS_TO = range(21, 25)  # one entry each
BEFORE, BEFORE_TO, AFTER, AFTER_TO = range(25, 29)  # pairs: task, gap
PREVIOUS, PREVIOUS_TO = range(29, 31)  # pairs: start, end
RECORD = 31

# m: a day of a daily cap; START and END as below, then the address in `s` of what is left of it
LEFT = 2
DAY = 3

# s: the head, then scratch space of fixed length, then the words of the free steps
SEED, NOW, BEST, CHANGED, DIRTY, BY_TIME, BY_TIME_TO, PLACED, KEPT, SINCE = range(10)
ALIKE, ALIKE_TO, STARTING = range(10, 13)
MOST = 96  # tasks taken out at once
LONGEST = 480  # pieces of one task
QUEUE = 16
KEYS = QUEUE + MOST
TRIAL = KEYS + MOST
FOUND = TRIAL + 2 * LONGEST
ROOM = FOUND + 2 * LONGEST

# s: the place of a task, then its pieces, then those it has in the best plan
COUNT, COST, TAKEN, DIFFERS, BEST_COUNT = range(5)
FIRST = 5

# a piece, in `s`, and in the lists of `m`
START, END = 0, 1
PIECE = 2
OTHER, GAP = 0, 1
LINK = 2
