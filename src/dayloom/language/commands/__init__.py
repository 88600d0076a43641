"""Plain orders of a conversation, read without a model: "Start task 5", "What is next?"."""

from dayloom.language.commands.naming import Offered, mentioned
from dayloom.language.commands.order import CHANGING, Known, Op, Order, Said, Scope, Unclear
from dayloom.language.commands.reading import is_denied, is_question, ordered_in, read_orders

__all__ = [
    "CHANGING",
    "Known",
    "Offered",
    "Op",
    "Order",
    "Said",
    "Scope",
    "Unclear",
    "is_denied",
    "is_question",
    "mentioned",
    "ordered_in",
    "read_orders",
]
