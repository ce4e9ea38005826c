"""Lists of names in an order, merged: what either side added stands where it was put, by what stands before it."""

from collections.abc import Collection, Sequence

from courses.merging.records import Side, State, Three

Names = Sequence[str]


def weave(start: Names, sides: Sequence[Names], base: Collection[str], keep: Collection[str]) -> list[str]:
    """The names to keep: those of `start`, and each other one after the nearest that precedes it on its side.

    sides: the one that leads first. Where both sides added something at the same place, the order is that of the names.
    """
    result = list(start)
    for side in sides:
        here = set(side)
        for place, name in enumerate(side):
            if name in result or name not in keep:
                continue
            before = next((one for one in reversed(side[:place]) if one in result), None)
            at = 0 if before is None else result.index(before) + 1
            while at < len(result) and result[at] not in here and result[at] not in base and result[at] < name:
                at += 1
            result.insert(at, name)
    return result


def is_moved(base: Names, side: Names) -> bool:
    """Whether what both lists hold stands in another order in them."""
    return shared(base, side) != shared(side, base)


def shared(names: Names, other: Names) -> list[str]:
    """The names that another list holds too, in the order of this one."""
    others = set(other)
    return [one for one in names if one in others]


def order_state(orders: Sequence[Three[Names]]) -> State | None:
    """Who moved something in any of some lists; None if nobody did."""
    ours = any(is_moved(one.base, one.ours) for one in orders)
    theirs = any(is_moved(one.base, one.theirs) for one in orders)
    if ours != theirs:
        return "ours" if ours else "theirs"
    # Both may also have added the same thing, each at another place.
    if any(is_moved(one.ours, one.theirs) for one in orders):
        return "conflict"
    return "same" if ours else None


def other(side: Side) -> Side:
    return "theirs" if side == "ours" else "ours"
