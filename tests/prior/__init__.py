"""What released versions kept, frozen as they kept it: every later version must read it.

A folder a version: ``phone.json`` is a technician's browser with unsent work, ``office/`` the office that it belongs
to, in the members of a backup. Both were made by that version itself (``make freeze VERSION=``) and never change.
No secret is among them: keys are derived again from their names (:mod:`tests.prior.keys`), sessions and password
hashes are left out.
"""
