"""Uses the vendor's published client against a sandbox.

Reads {"base_url", "control_url", "control_token", and keys by role} as JSON from stdin; writes one JSON object
from check to "ok" or what went wrong. Back-off waits are cut short: time is replaced, the client is not.
"""

import asyncio
import json
import sys
from datetime import datetime, timedelta, timezone
from uuid import UUID

import httpx
from jobo_enterprise import (
    AsyncJoboClient,
    InclusionExclusionFilter,
    JoboAuthenticationError,
    JoboClient,
    JoboError,
    JoboNotFoundError,
    JoboPermissionError,
    JoboRateLimitError,
    JoboServerError,
    JoboValidationError,
    LocationFilter,
    RangeFilter,
    WorkModel,
)
from jobo_enterprise import _transport

GIVEN = json.load(sys.stdin)
WAITS = []
CHECKS = []


class NoWaiting:
    """Stands in for the module `time` in the client's transport."""

    @staticmethod
    def sleep(seconds):
        WAITS.append(seconds)


_transport.time = NoWaiting


def check(function):
    CHECKS.append(function)
    return function


def client(role):
    return JoboClient(api_key=GIVEN.get(role, role), base_url=GIVEN["base_url"])


def set_faults(**faults):
    answer = httpx.put(
        GIVEN["control_url"] + "/control/faults",
        json=faults,
        headers={"Authorization": "Bearer " + GIVEN["control_token"]},
    )
    answer.raise_for_status()


def raised(kind, call):
    """The error that the call raises; it must be of exactly this class."""
    try:
        call()
    except JoboError as error:
        assert type(error) is kind, f"raised {type(error).__name__}: {error}"
        return error
    raise AssertionError(f"no {kind.__name__} was raised")


@check
def search_simple(jobo):
    page = jobo.search.search(page_size=5)
    assert len(page.jobs) == 5 and page.total == 240 and page.total_pages == 48
    assert {bucket.key for bucket in page.facets["work_model"]} == {"remote", "hybrid", "onsite"}
    assert page.jobs[0].created_at > page.jobs[4].created_at


@check
def search_filtered(jobo):
    after = datetime.now(timezone.utc) - timedelta(days=3)
    page = jobo.search.search(
        q="engineer", work_model=WorkModel.REMOTE, posted_after=after, min_salary_usd=50000, page_size=50
    )
    assert page.jobs and all(job.workplace_type == "remote" for job in page.jobs)
    assert all("Engineer" in job.title and job.date_posted >= after for job in page.jobs)


@check
def search_core_fields(jobo):
    job = jobo.search.search(include_fields="", include_facets="", page_size=1).jobs[0]
    assert job.description == "" and job.summary is None and job.benefits == []


@check
def search_advanced(jobo):
    page = jobo.search.search_advanced(
        queries=["engineer", "scientist", "-junior"],
        locations=["London", "Berlin", "New York"],
        work_models=["remote", "hybrid", "onsite"],
        skills=InclusionExclusionFilter(exclude=["php"]),
        salary_usd=RangeFilter(min=40000),
        include_facets=["experience_level"],
        page_size=100,
    )
    assert page.jobs and "Junior" not in {job.title.split()[0] for job in page.jobs}
    assert {job.locations[0].city for job in page.jobs} <= {"London", "Berlin", "New York"}
    assert all(skill.name != "php" for job in page.jobs for skill in job.qualifications.must_have.skills)
    assert sum(bucket.count for bucket in page.facets["experience_level"]) == page.total


@check
def search_iterated(jobo):
    ids = [job.id for job in jobo.search.iter_jobs(queries=["nurse"], page_size=10)]
    assert len(ids) == len(set(ids)) > 10


@check
def get_job(jobo):
    job = jobo.search.search(page_size=1).jobs[0]
    assert jobo.search.get_job(job.id) == job


@check
def feed_first_batch(jobo):
    batch = jobo.feed.get_jobs(batch_size=100)
    assert len(batch.jobs) == 100 and batch.has_more and batch.estimated_total == 240


@check
def feed_iterated(jobo):
    assert len({job.id for job in jobo.feed.iter_jobs(batch_size=70)}) == 240


@check
def feed_filtered(jobo):
    since = datetime.now(timezone.utc) - timedelta(days=2)
    batch = jobo.feed.get_jobs(locations=[LocationFilter(country="US")], updated_after=since)
    assert batch.jobs and {job.locations[0].country for job in batch.jobs} == {"United States"}
    assert all(job.updated_at >= since for job in batch.jobs)


@check
def expired_iterated(jobo):
    since = datetime.now(timezone.utc) - timedelta(days=7)
    ids = list(jobo.feed.iter_expired_job_ids(expired_since=since, batch_size=40))
    assert len(set(ids)) == 90 and all(isinstance(one, UUID) for one in ids)
    assert len(list(jobo.feed.iter_expired_job_ids())) == 24


@check
def geocode(jobo):
    found = jobo.locations.geocode("London, UK")
    assert found.succeeded and found.locations[0].country_code == "GB"
    assert not jobo.locations.geocode("Atlantis").succeeded


@check
def company(jobo):
    job = jobo.search.search(page_size=1).jobs[0]
    assert jobo.companies.get(job.company.id).name == job.company.name
    with JoboClient(api_key="", base_url=GIVEN["base_url"]) as public:
        assert public.companies.get(job.company.id).name == job.company.name


@check
def company_jobs(jobo):
    wanted = jobo.search.search(page_size=1).jobs[0].company
    page = jobo.companies.get_jobs(wanted.id, page_size=50)
    assert page.total == 10 and {job.company.id for job in page.jobs} == {wanted.id}


@check
def async_search(jobo):
    async def search():
        async with AsyncJoboClient(api_key=GIVEN["rich"], base_url=GIVEN["base_url"]) as same:
            return await same.search.search(page_size=3)

    assert len(asyncio.run(search()).jobs) == 3


@check
def error_400(jobo):
    error = raised(JoboValidationError, lambda: jobo.search.search(page_size=500))
    assert error.code == "validation_failed" and "page_size" in error.detail


@check
def error_401(jobo):
    with client("jbe_sbx_unknown") as stranger:
        assert raised(JoboAuthenticationError, lambda: stranger.search.search()).status_code == 401


@check
def error_402(jobo):
    with client("poor") as poor:
        error = raised(JoboError, lambda: poor.search.search(page_size=10))
        assert error.status_code == 402 and error.code == "insufficient_credits"
        assert error.response_body["credits_required"] == 10 and error.response_body["credits_balance"] == 0


@check
def error_403_feed(jobo):
    with client("no_feed") as closed:
        assert raised(JoboPermissionError, lambda: closed.feed.get_jobs()).code == "plan_restricted"
        raised(JoboPermissionError, lambda: closed.feed.get_expired_job_ids())


@check
def error_403_managed(jobo):
    raised(JoboPermissionError, lambda: jobo.feed.get_managed_jobs())


@check
def error_404(jobo):
    raised(JoboNotFoundError, lambda: jobo.search.get_job(UUID(int=0)))
    raised(JoboNotFoundError, lambda: jobo.companies.get(UUID(int=0)))


@check
def error_429(jobo):
    with client("limited") as limited:
        for _ in range(60):
            limited.locations.geocode("Berlin")
        del WAITS[:]
        error = raised(JoboRateLimitError, lambda: limited.locations.geocode("Berlin"))
        assert 1 <= error.retry_after <= 60 and len(WAITS) == 3


@check
def error_503(jobo):
    set_faults(error_burst=4)
    with client("failing") as failing:
        raised(JoboServerError, lambda: failing.search.search())
        assert len(failing.search.search(page_size=2).jobs) == 2


def main():
    report = {}
    with client("rich") as jobo:
        for function in CHECKS:
            try:
                function(jobo)
                report[function.__name__] = "ok"
            except Exception as problem:  # noqa: BLE001 - the report names every kind of failure
                report[function.__name__] = f"{type(problem).__name__}: {problem}"
    json.dump(report, sys.stdout)


main()
