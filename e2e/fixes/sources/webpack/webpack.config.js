// The configuration of webpack's development server; the lab adds where its page comes from.
// fix:start
// fix:end
