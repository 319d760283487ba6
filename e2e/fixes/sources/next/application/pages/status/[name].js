// A page that answers with JSON.
export default function Status() {
  return null;
}

export function getServerSideProps({ res }) {
  res.setHeader('content-type', 'application/json');
  res.setHeader('access-control-allow-origin', process.env.PAGE);
  res.end('{"status":"ok"}');
  return { props: {} };
}
