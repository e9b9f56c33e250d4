"""
What X charges.

Source: docs.x.com/x-api/getting-started/pricing ("Content: Create", "Content: Create
(with URL)", "Interaction: Delete", "Media Metadata", owned reads), as it read on 22 November 2026
"""

import json
import re
from decimal import Decimal

from syndicate.channels.terms.charges import Amount, Price
from syndicate.channels.wire.uploading import PICTURE
from syndicate.config import Section
from syndicate.model import Act

LINK = re.compile(r"https?://|[a-z0-9]\.[a-z]{2,}\b", re.IGNORECASE)
"""An address, or what X takes for one, such as ``news.or.kr``: rather too many."""


class XPrices(Section):
    """The table ``price`` of a channel: US dollars, as text."""

    post: Amount = Decimal("0.015")
    """A post, an answer or an edit without an address."""

    link: Amount = Decimal("0.200")
    """One with an address."""

    delete: Amount = Decimal("0.010")
    """Taking a post back."""

    alt: Amount = Decimal("0.005")
    """Alt text of a picture."""

    read: Amount = Decimal("0.001")
    """Reading one of the account's own posts, as is done before an edit."""

    def of(self, body: str, act: Act) -> Price:
        """Say what it costs to do something with a body."""
        if act is Act.DELETE:
            return Price(amount=self.delete)
        fields = json.loads(body)
        amount = self.link if LINK.search(fields["text"]) else self.post
        if act is Act.EDIT:
            return Price(amount=amount + self.read)
        has_alt = fields.get(PICTURE, {}).get("alt")
        return Price(amount=amount + self.alt if has_alt else amount)
