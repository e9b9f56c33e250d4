"""What a picture measures that somebody else serves."""

from urllib.parse import urlsplit

from syndicate.fetch.ask import Asker, FetchError
from syndicate.fetch.local import MOST
from syndicate.fetch.sizes import measure
from syndicate.model import Measure

OK = 200


def measure_remote(url: str, asker: Asker) -> Measure:
    """
    Measure a picture over the network.

    Raises:
        FetchError: There is no answer, or none that is a picture.
    """
    answer = asker.ask(url, most=MOST, accept="image/*")
    host = urlsplit(answer.url).netloc
    if answer.status != OK:
        raise FetchError(f"{host}: HTTP {answer.status}")
    if answer.encoding:
        raise FetchError(f"{host}: sent as {answer.encoding}, which was not asked for")
    found = measure(answer.content, length=answer.length)
    if found is None:
        raise FetchError(f"{host}: what stands there is no picture")
    return found
