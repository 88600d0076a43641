"""The door to other servers: no way in to this network, and an end to everything."""

import asyncio
import resource
import socket
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from trustme import CA, LeafCert

from dayloom.infra.errors import DayloomError, Invalid, Unavailable
from dayloom.infra.outbound import Fetched, fetch, network
from tests.infra.sites import MIB, Site, serving
from tests.waiting import run

LOCAL = ("127.0.0.1",)
_URLS = """
    http://127.0.0.1:{port}/ http://localhost:{port}/ http://0.0.0.0:{port}/ http://0:{port}/
    http://127.1:{port}/ http://2130706433:{port}/ http://0x7f000001:{port}/
    http://0177.0.0.1:{port}/ http://0x7f.0.0.1:{port}/ http://127.0.0.1.:{port}/
    http://localhost.:{port}/ http://[::1]:{port}/ http://[::]:{port}/
    http://[::ffff:127.0.0.1]:{port}/ http://[::ffff:7f00:1]:{port}/ http://[::127.0.0.1]:{port}/
    http://[64:ff9b::7f00:1]:{port}/ http://[64:ff9b:1::7f00:1]:{port}/
    http://[2002:7f00:1::]:{port}/ http://[fe80::1%25lo]:{port}/ http://[fec0::1]/
    http://[fd00:ec2::254]/ http://169.254.169.254/latest/meta-data/ http://100.100.100.200/
    http://192.0.0.192/ http://10.0.0.1/ http://172.16.0.1/ http://192.168.1.1/
    http://198.18.0.1/ http://100.64.0.1/ http://224.0.0.1/ http://255.255.255.255/
    http://240.0.0.1/ http://①②⑦.⓪.⓪.①:{port}/ http://127。0。0。1:{port}/
    http://user@127.0.0.1:{port}/ http://example.com@127.0.0.1:{port}/
    http://127.0.0.1:{port}#@example.com/ http://127.0.0.1:{port}\\@example.com/
    http://LOCALHOST:{port}/ http://ip6-localhost:{port}/ http://%31%32%37.0.0.1:{port}/
    file:///etc/passwd gopher://127.0.0.1:{port}/_x ftp://127.0.0.1/
    http://127.00000.00000.1:{port}/ http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/
    http://127.0.1.3:{port}/ http://0000.0000.0000.0000:{port}/ unix:///var/run/docker.sock
    http://[::ffff:0:127.0.0.1]:{port}/ http:///127.0.0.1:{port}/
    http://127.0.0.1:{port}@127.0.0.1:{port}/ webcal://127.0.0.1:{port}/
"""
PRIVATE_URLS = _URLS.split()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


def get(
    url: str,
    *,
    allow: Collection[str] = LOCAL,
    limit: int = MIB,
    seconds: float = 20,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Fetched:
    return run(
        fetch(
            url,
            etag=etag,
            last_modified=last_modified,
            limit_bytes=limit,
            total_timeout=timedelta(seconds=seconds),
            allow=allow,
        )
    )


class Names:
    """A name server of ours: each look-up of a name gets the next of its answers."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def getaddrinfo(_loop: object, _host: str, port: int, **_: object) -> list[Any]:
            addresses = self.answers[self.asked % len(self.answers)]
            self.asked += 1
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

        monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)


class TestPrivateAddresses:
    @pytest.mark.parametrize("pattern", PRIVATE_URLS)
    def test_no_way_of_writing_one_leads_to_it(self, site: Site, pattern: str) -> None:
        url = pattern.replace("{port}", str(site.server_port))
        with pytest.raises(DayloomError):
            get(url, allow=())
        assert site.connections == 0

    def test_all_of_them_are_tried(self) -> None:
        assert len(set(PRIVATE_URLS)) >= 53

    def test_the_sentence_says_what_an_operator_can_do(self) -> None:
        with pytest.raises(Invalid, match="DAYLOOM_ALLOW_PRIVATE_HOSTS") as caught:
            get("http://192.168.1.1/calendar.ics", allow=())
        assert caught.value.field == "url"

    def test_a_name_that_changes_its_address_is_checked_where_it_is_used(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        public = "127.0.0.9"  # stands for one; nothing listens there
        monkeypatch.setattr(network, "is_public", lambda address: address == public)
        names = Names([public], ["127.0.0.1"])
        names.install(monkeypatch)
        for expected in (Unavailable, Invalid) * 100:
            with pytest.raises(expected):
                get(f"http://rebinding.example:{site.server_port}/", allow=())
        assert (names.asked, site.connections) == (200, 0)

    def test_one_private_address_among_public_ones_is_enough(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Names(["93.184.216.34", "127.0.0.1"]).install(monkeypatch)
        with pytest.raises(Invalid, match="private"):
            get(f"http://mixed.example:{site.server_port}/", allow=())
        assert site.connections == 0

    @pytest.mark.parametrize("target", ["http://localhost:{port}/", "http://10.0.0.1/"])
    def test_a_redirect_cannot_lead_there(self, site: Site, target: str) -> None:
        target = target.replace("{port}", str(site.server_port))
        with pytest.raises(Invalid, match="private"):
            get(f"{site.url}/away?{target}")
        assert site.paths == [f"/away?{target}"]

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://["])
    def test_a_redirect_stays_on_the_web(self, site: Site, target: str) -> None:
        with pytest.raises(DayloomError):
            get(f"{site.url}/away?{target}")

    def test_a_host_that_is_allowed_by_name_is_reached(self, site: Site) -> None:
        assert get(site.url, allow={"127.0.0.1"}).body == b"hello"


class TestAnswers:
    def test_a_body_comes_with_what_tells_whether_it_changed(self, site: Site) -> None:
        assert get(f"  {site.url}/plain ") == Fetched(
            status=200,
            body=b"hello",
            etag='"1"',
            last_modified="Mon, 23 Nov 2026 08:00:00 GMT",
            final_url=f"{site.url}/plain",
        )

    def test_what_has_not_changed_is_not_sent_again(self, site: Site) -> None:
        assert get(f"{site.url}/cached").status == 200
        again = get(f"{site.url}/cached", etag='"1"', last_modified="yesterday")
        assert (again.status, again.body) == (304, b"")
        assert site.headers[1]["If-Modified-Since"] == "yesterday"

    def test_redirects_are_followed(self, site: Site) -> None:
        fetched = get(f"{site.url}/moved")
        assert (fetched.body, fetched.final_url) == (b"hello", f"{site.url}/plain")

    def test_other_statuses_are_for_the_caller(self, site: Site) -> None:
        assert get(f"{site.url}/nothing").status == 404

    def test_a_zipped_body_is_unpacked(self, site: Site) -> None:
        assert get(f"{site.url}/zipped").body == b"hello " * 100

    def test_names_and_passwords_of_an_address_are_used(self, site: Site) -> None:
        get(f"http://ann:secret@127.0.0.1:{site.server_port}/plain")
        assert site.headers[0]["Authorization"].startswith("Basic ")

    def test_calendar_addresses_are_https(self) -> None:
        with pytest.raises(Unavailable, match="127"):
            get("webcal://127.0.0.1:9/feed.ics")


class TestBounds:
    def test_a_body_without_end_is_cut_off(self, site: Site) -> None:
        with pytest.raises(Invalid, match="larger than 1 MiB"):
            get(f"{site.url}/endless")

    def test_a_bomb_is_counted_unpacked_and_never_in_memory(self, site: Site) -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with pytest.raises(Invalid, match="larger than 2 MiB"):
            get(f"{site.url}/bomb", limit=2 * MIB)
        grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        assert grown_kib < 50 * 1024

    @pytest.mark.parametrize("path", ["drip", "silence"])
    def test_a_server_that_never_ends_is_left(self, site: Site, path: str) -> None:
        with pytest.raises(Unavailable, match=r"did not answer within 0\.3 seconds"):
            get(f"{site.url}/{path}", seconds=0.3)

    @pytest.mark.parametrize(
        ("path", "words"),
        [("circle", "circle"), ("cut", "broke off"), ("garbage", "unpacked")],
    )
    def test_what_goes_wrong_is_a_sentence(self, site: Site, path: str, words: str) -> None:
        with pytest.raises(DayloomError, match=words):
            get(f"{site.url}/{path}")

    @pytest.mark.parametrize("url", ["", "calendar", "http://", "http://[::1", "https://a b/"])
    def test_what_is_no_address_is_a_sentence(self, url: str) -> None:
        with pytest.raises(DayloomError):
            get(url)

    def test_a_machine_without_a_network_is_a_sentence(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def getaddrinfo(*_: object, **__: object) -> list[Any]:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

        monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)
        with pytest.raises(Unavailable, match="is this machine online"):
            get("http://example.com/")

    def test_a_name_without_a_server_is_a_sentence(self) -> None:
        with pytest.raises(Unavailable, match=r"no server named .*\.invalid"):
            get("http://nobody.invalid/")

    def test_a_closed_port_is_a_sentence(self) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            with pytest.raises(Unavailable, match=r"127\.0\.0\.1 refuses the connection"):
                get(f"http://127.0.0.1:{unused.getsockname()[1]}/")


class TestCertificates:
    AUTHORITY = CA()

    @pytest.fixture(autouse=True)
    def trust(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Trust the authority of this test beside those of the world."""
        trusting = httpx2.create_ssl_context(trust_env=False)
        self.AUTHORITY.configure_trust(trusting)
        monkeypatch.setattr(network, "_tls", lambda: trusting)

    def test_a_good_one_is_a_secure_connection(self) -> None:
        with serving(self.AUTHORITY.issue_cert("127.0.0.1")) as site:
            assert get(f"{site.url}/moved").body == b"hello"
            assert get(site.url.replace("https", "webcal")).body == b"hello"

    @pytest.mark.parametrize(
        ("certificate", "words"),
        [
            (
                AUTHORITY.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC)),
                "has expired",
            ),
            (
                AUTHORITY.issue_cert(
                    "127.0.0.1",
                    not_before=datetime(2999, 1, 1, tzinfo=UTC),
                    not_after=datetime(3000, 1, 1, tzinfo=UTC),
                ),
                "not valid yet",
            ),
            (AUTHORITY.issue_cert("127.0.0.2"), "for another server"),
            (AUTHORITY.issue_cert("other.example"), "for another server"),
            (CA().issue_cert("127.0.0.1"), "nobody whom this machine trusts"),
        ],
        ids=["expired", "too early", "other address", "other name", "stranger"],
    )
    def test_a_bad_one_is_a_sentence(self, certificate: LeafCert, words: str) -> None:
        with serving(certificate) as site:
            with pytest.raises(Unavailable, match=words):
                get(site.url)
            assert site.paths == []

    def test_a_server_without_one_is_a_sentence(self, site: Site) -> None:
        with pytest.raises(Unavailable, match="does not speak TLS"):
            get(site.url.replace("http:", "https:"))

    def test_no_redirect_leaves_it(self, site: Site) -> None:
        with serving(self.AUTHORITY.issue_cert("127.0.0.1")) as secure:
            with pytest.raises(Invalid, match="redirects from https to http://127") as refused:
                get(f"{secure.url}/away?{site.url}/secret")
            assert get(f"{site.url}/away?{secure.url}/plain").body == b"hello"
        assert "secret" not in str(refused.value)
        assert site.paths == [f"/away?{secure.url}/plain"]
