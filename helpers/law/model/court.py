"""The way of a complaint through the WTO's dispute settlement: where it stops, who hears an appeal, what then binds.

Plain logic over yes and no, so that one case or a matrix of members is answered alike. What a panel would find on the
facts is not computed: nobody can. Teaching material, not legal advice.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import one_of, some_of, together, yes_nos
from helpers.core.tables import CASE_ENDS, COURTS

GATES = ("who", "whom", "article", "defence", "forum", "end")
BINDING = ("adopted", "award")


def stops_at(is_member: ArrayLike, is_own_measure: ArrayLike, is_covered: ArrayLike) -> np.ndarray:
    """The gate at which a complaint stops before any judge has looked at it.

    Parameters
    ----------
    is_member : bool or array of bool
        The complainant is a member of the WTO: a government or a customs territory. A firm is not.
    is_own_measure : bool or array of bool
        The measure is the defendant's own. No member answers for what another did.
    is_covered : bool or array of bool
        Some article that the defendant has accepted speaks of it.

    Returns
    -------
    ndarray of str, broadcast shape
        "who", "whom", "article", or "" where nothing stops it.

    Raises
    ------
    ValueError
        Not yes or no; shapes that do not fit.

    Notes
    -----
    Dispute Settlement Understanding (DSU), Articles 1, 3.3 and 6.2: members complain, of a measure taken by another
    member, under a covered agreement. A government is not asked to show an economic interest of its own (EC - Bananas
    III, Appellate Body, 1997).

    Examples
    --------
    >>> stops_at(True, [True, False], True).tolist()
    ['', 'whom']
    """
    member, own, covered = together(
        is_member=yes_nos("is_member", is_member),
        is_own_measure=yes_nos("is_own_measure", is_own_measure),
        is_covered=yes_nos("is_covered", is_covered),
    )
    return np.where(~member, "who", np.where(~own, "whom", np.where(~covered, "article", "")))


def appeal_route(body_sits: ArrayLike, complainant_in: ArrayLike, defendant_in: ArrayLike) -> np.ndarray:
    """Who hears an appeal against a panel's report, unless the two sides agree on something else.

    Parameters
    ----------
    body_sits : bool or array of bool
        The Appellate Body has the three members that an appeal needs. It has not since 11 December 2019; its last
        member left on 30 November 2020.
    complainant_in, defendant_in : bool or array of bool
        The side is in the Multi-Party Interim Appeal Arbitration Arrangement (MPIA) when the panel's report is due.

    Returns
    -------
    ndarray of str, broadcast shape
        "Appellate Body", "MPIA" or "void".

    Raises
    ------
    ValueError
        Not yes or no; shapes that do not fit.

    Notes
    -----
    DSU 16.4, 17.1 and 25; MPIA, communication JOB/DSB/1/Add.12 of 30 April 2020. Two members may agree to arbitration
    for one case outside the arrangement (EU and Türkiye did, 2022), or not to appeal; that takes both.

    Examples
    --------
    >>> appeal_route([True, False, False], True, [False, True, False]).tolist()
    ['Appellate Body', 'MPIA', 'void']
    """
    sits, complainant, defendant = together(
        body_sits=yes_nos("body_sits", body_sits),
        complainant_in=yes_nos("complainant_in", complainant_in),
        defendant_in=yes_nos("defendant_in", defendant_in),
    )
    return np.where(sits, "Appellate Body", np.where(complainant & defendant, "MPIA", "void"))


def end_of(forum: str, is_appealed: bool) -> str:
    """What becomes of a panel's report.

    Parameters
    ----------
    forum : str
        Who hears an appeal, as `appeal_route` gives it.
    is_appealed : bool
        The side that lost appeals.

    Returns
    -------
    str
        "adopted", "award" or "void". The first two bind.

    Raises
    ------
    ValueError
        No such forum.

    Notes
    -----
    DSU 16.4: a report is adopted within 60 days unless a side appeals, or all members are against it. 17.14: so is
    that of the Appellate Body. 25.3 and 25.4: an award binds the two sides, and is enforced as a ruling is.

    Examples
    --------
    >>> end_of("void", True), end_of("void", False), end_of("MPIA", True)
    ('void', 'adopted', 'award')
    """
    one_of("forum", forum, COURTS[2:])
    if not is_appealed:
        return "adopted"
    return {"Appellate Body": "adopted", "MPIA": "award", "void": "void"}[forum]


def binds(end: Sequence[str] | str) -> np.ndarray:
    """Whether an end of a case binds the two sides.

    Parameters
    ----------
    end : str or sequence of str
        Ends of `wto_cases.csv`.

    Returns
    -------
    ndarray of bool, of no dimension for one end

    Raises
    ------
    ValueError
        No such end.

    Examples
    --------
    >>> binds(["adopted", "void", "award", "talks only"]).tolist(), bool(binds("award"))
    ([True, False, True, False], True)
    """
    if isinstance(end, str):
        return np.array(one_of("end", end, CASE_ENDS) in BINDING)
    return np.array([one in BINDING for one in some_of("end", end, CASE_ENDS)], dtype=bool)


def could_bind(is_in: ArrayLike, body_sits: bool = False) -> np.ndarray:
    """Which of several members could get from which other a ruling that an appeal cannot stop.

    Parameters
    ----------
    is_in : array of bool, shape (n,)
        Each member is in the MPIA.
    body_sits : bool
        As in `appeal_route`.

    Returns
    -------
    ndarray of bool, shape (n, n)
        Row: complainant; column: defendant. False on the diagonal, since nobody sues itself.

    Raises
    ------
    ValueError
        Not yes or no, or not one row of them.

    Examples
    --------
    >>> could_bind([True, True, False]).astype(int).tolist()
    [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    """
    members = yes_nos("is_in", is_in)
    if members.ndim != 1 or members.size > 200:
        raise ValueError("is_in must be one row of yes and no, of 200 members at most.")
    found = appeal_route(body_sits, members[:, None], members[None, :]) != "void"
    return found & ~np.eye(members.size, dtype=bool)
