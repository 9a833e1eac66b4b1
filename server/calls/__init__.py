"""The call register: numbers, dispatch, withdrawal, closing."""
