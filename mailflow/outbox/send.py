"""One mail handed to the outgoing server, with the service's own address as its witness."""

from collections.abc import Sequence

from mailflow.model.address import Address
from mailflow.model.wire import Envelope, Outcome, Post, Refused


def send(
    post: Post,
    data: bytes,
    *,
    sender: Address,
    to: Address,
    witness: Address | None,
    also: Sequence[Address] = (),
) -> Outcome:
    """Send `data` to `to` and to whoever else it is addressed to (`also`), all or none; when
    `witness` is given it is one envelope recipient more.

    The witness is in the same transaction, so that finding its copy in the account proves that
    the server took the mail for the others as well. A server that refuses only the witness gets
    the mail without it.
    """
    people = tuple(dict.fromkeys(map(str, (to, *also))))
    recipients = people if witness is None else (*people, str(witness))
    outcome = post.send(Envelope(str(sender), recipients), data)
    if isinstance(outcome, Refused) and witness is not None and outcome.recipient == str(witness):
        return post.send(Envelope(str(sender), people), data)
    return outcome
