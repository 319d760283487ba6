// The application's hook.
// fix:start
// fix:end
