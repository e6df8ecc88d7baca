-- ledger: data keys are wrapped anew or destroyed by the owner alone; what serves the network cannot.
revoke execute on function ledger_rewrap_seal_key, ledger_destroy_seal_key from hushou_app;
