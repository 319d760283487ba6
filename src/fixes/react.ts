/** React, whose StrictMode and whose components that come and go open and close what is opened in an effect. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext } from './context.ts';
import { connect } from './socket-client.ts';
import { fixFor } from './stacks.ts';

/**
 * A hook with one socket a page, its token asked for on every attempt. Empty for a v2 client, which has no `auth`.
 * Source: https://socket.io/how-to/use-with-react
 */
export function reactHook(context: FixContext, namespace = '/'): Fix[] {
  if (context.eio === 3) return [];
  const listen = block(
    'useEffect(() => {',
    [
      'const update = () => setConnected(socket.connected);',
      'update();',
      'socket.on("connect", update);',
      'socket.on("disconnect", update);',
      ...block(
        'return () => {',
        [
          'socket.off("connect", update); // the same function: off("connect") alone takes away everybody’s',
          'socket.off("disconnect", update);',
        ],
        '};',
      ),
    ],
    '}, []);',
  );
  const open = block(
    'useEffect(() => {',
    [
      'token = latestToken;',
      'if (token === null) socket.disconnect();',
      'else socket.connect(); // does nothing while it is open',
    ],
    '}, [latestToken]);',
  );
  const event = block(
    'useEffect(() => {',
    ['socket.on(event, listener);', 'return () => socket.off(event, listener);'],
    '}, [event, listener]);',
  );
  return [
    fixFor('react', 'Keep one socket a page, in a hook that all components share', [
      'import { useEffect, useState } from "react";',
      'import { io } from "socket.io-client";',
      '',
      '// one socket a page: StrictMode, and components that come and go, open no second one',
      'let token;',
      ...connect(context, ['autoConnect: false,', 'auth: (cb) => cb({ token }), // asked on every attempt'], namespace),
      '',
      '// latestToken: the same in all components; undefined where none is needed, null before the login, after the logout and',
      '// between two users',
      ...block(
        'export function useSocket(latestToken) {',
        [
          'const [isConnected, setConnected] = useState(socket.connected);',
          ...listen,
          ...open,
          'return { socket, isConnected };',
        ],
        '}',
      ),
      '',
      '// listener: the same function from one rendering to the next (useCallback, or outside of the component)',
      ...block('export function useSocketEvent(event, listener) {', event, '}'),
    ]),
  ];
}
