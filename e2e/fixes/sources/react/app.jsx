// An application around its hook, in the way that React's templates start one: a chat that is shown and hidden, before and after the login.
import { StrictMode, useCallback, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import * as hooks from './useSocket.js';

const { note } = window;
const { useSocket, useSocketEvent = () => {} } = hooks;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function Chat({ token }) {
  const { socket, isConnected } = useSocket(token);
  const [text, setText] = useState('');
  useSocketEvent('news', useCallback(setText, []));
  useEffect(() => {
    if (!isConnected) return;
    window.app.socket = socket;
    note('connect', socket.id);
    socket.emit('hello', 'from the lab', (answer) => note('answer', answer));
  }, [isConnected, socket]);
  return text;
}

function App() {
  const [isShown, show] = useState(true);
  const [token, setToken] = useState(null);
  useEffect(() => {
    const login = setTimeout(setToken, 700, 'valid');
    window.app = { show };
    return () => clearTimeout(login);
  }, []);
  return isShown && <Chat token={token} />;
}

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

await wait(2_000);
await window.act();
note('transport', window.app.socket?.io.engine.transport.name);
document.body.dataset.state = 'settled';
