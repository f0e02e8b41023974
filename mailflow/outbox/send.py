"""One mail handed to the outgoing server, with the service's own address as its witness."""

from mailflow.model.address import Address
from mailflow.model.wire import Envelope, Outcome, Post, Refused


def send(
    post: Post, data: bytes, *, sender: Address, to: Address, witness: Address | None
) -> Outcome:
    """Send `data` to `to`; when `witness` is given it is a second envelope recipient.

    The witness is in the same transaction, so that finding its copy in the account proves that
    the server took the mail for `to` as well. A server that refuses only the witness gets the
    mail without it.
    """
    recipients = (str(to),) if witness is None else (str(to), str(witness))
    outcome = post.send(Envelope(str(sender), recipients), data)
    if isinstance(outcome, Refused) and witness is not None and outcome.recipient == str(witness):
        return post.send(Envelope(str(sender), (str(to),)), data)
    return outcome
