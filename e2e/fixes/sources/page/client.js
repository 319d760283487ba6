// The page's own code.
const getToken = async () => 'valid';

// fix:start
// fix:end
