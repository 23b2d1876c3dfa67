"""Somebody from outside signs in for the first time."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("name", ["my-work", "shared-with-me", "front"])
def test_one_who_needs_a_second_factor_is_led_to_it_and_not_into_a_fault(t, name):
    t.enter(t.partner)
    answer = t.client.get(reverse(name), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("mfa_index")
    assert answer.status_code == 200
