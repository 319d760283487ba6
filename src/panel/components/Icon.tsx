import type { ReactNode } from 'react';

export type IconName = keyof typeof SHAPES;

interface IconProps {
  name: IconName;
  /** Said instead of the picture; without it the picture says nothing that the text beside it does not. */
  label?: string;
}

const filled = (shape: ReactNode, mark: ReactNode) => (
  <>
    <g fill="currentColor">{shape}</g>
    <g className="icon-mark" fill="none" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
      {mark}
    </g>
  </>
);

const drawn = (shape: ReactNode) => (
  <g fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round">
    {shape}
  </g>
);

/** 16 by 16. Shapes differ, not only colours. */
const SHAPES = {
  error: filled(<path d="M5.1 1.5h5.8l3.6 3.6v5.8l-3.6 3.6H5.1l-3.6-3.6V5.1z" />, <path d="M8 4.6v4M8 11.2v.1" />),
  warning: filled(
    <path d="M8 1.6c.5 0 .9.2 1.1.7l5.4 10c.5.9-.1 2-1.1 2H2.6c-1 0-1.6-1.1-1.1-2l5.4-10c.2-.5.6-.7 1.1-.7z" />,
    <path d="M8 6v3M8 11.8v.1" />,
  ),
  info: filled(<circle cx="8" cy="8" r="6.6" />, <path d="M8 7.4v4M8 4.7v.1" />),
  ok: filled(<circle cx="8" cy="8" r="6.6" />, <path d="M4.9 8.2l2.2 2.2 4-4.4" />),
  recovered: drawn(<path d="M2.2 8.4l3.5 3.6 8-8.6" />),
  failed: drawn(<path d="M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4" />),
  pending: drawn(
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>,
  ),
  hidden: drawn(
    <>
      <path d="M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8z" />
      <path d="M2.6 13.4L13.4 2.6" />
    </>,
  ),
  closed: drawn(<circle cx="8" cy="8" r="4.4" />),
  record: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  clear: drawn(
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M4 12L12 4" />
    </>,
  ),
  search: drawn(
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="M10.2 10.2l3.6 3.6" />
    </>,
  ),
  export: drawn(<path d="M8 2v8M4.8 7L8 10.2 11.2 7M2.6 13.4h10.8" />),
  import: drawn(<path d="M8 10.2V2M4.8 5.2L8 2l3.2 3.2M2.6 13.4h10.8" />),
  compare: drawn(<path d="M2.4 5.2h10M9.6 2.4l2.8 2.8-2.8 2.8M13.6 10.8h-10M6.4 8l-2.8 2.8 2.8 2.8" />),
  save: drawn(
    <>
      <path d="M2.6 3.8c0-.7.5-1.2 1.2-1.2h7l2.6 2.6v7c0 .7-.5 1.2-1.2 1.2H3.8c-.7 0-1.2-.5-1.2-1.2z" />
      <path d="M5 2.8v3h5v-3M4.8 13.2V9.4h6.4v3.8" />
    </>,
  ),
  copy: drawn(
    <>
      <rect x="5.4" y="5.4" width="8" height="8.4" rx="1.4" />
      <path d="M10.6 3.2c0-.7-.6-1.2-1.2-1.2H3.8c-.7 0-1.2.6-1.2 1.2v6.2c0 .7.6 1.2 1.2 1.2" />
    </>,
  ),
  message: drawn(<path d="M2.4 3.4h11.2v7.4H7.4L4.4 13.4v-2.6h-2zM5 6h6M5 8.2h4" />),
  bug: drawn(
    <>
      <path d="M5 6.4a3 3 0 0 1 6 0v3.4a3 3 0 0 1-6 0zM5.8 4.2L4.4 2.4M10.2 4.2l1.4-1.8" />
      <path d="M5 7.6H2.2M13.8 7.6H11M5 10.2l-2.2 1.6M11 10.2l2.2 1.6M8 6.4v6.2" />
    </>,
  ),
  chevron: drawn(<path d="M6 4l4 4-4 4" />),
  caret: drawn(<path d="M4.5 6.5L8 10l3.5-3.5" />),
  reload: drawn(<path d="M13.2 8A5.2 5.2 0 1 1 11.5 4.2M11.6 1.6v2.8H8.8" />),
  plug: drawn(<path d="M6 1.8v3.4M10 1.8v3.4M4 5.2h8v2.4a4 4 0 0 1-8 0zM8 11.6v2.8" />),
} satisfies Record<string, ReactNode>;

export function Icon({ name, label }: IconProps) {
  const frame = { className: `icon icon-${name}`, viewBox: '0 0 16 16', width: 16, height: 16 };
  if (!label) {
    return (
      <svg {...frame} aria-hidden="true">
        {SHAPES[name]}
      </svg>
    );
  }
  return (
    <svg {...frame} role="img" aria-label={label}>
      {SHAPES[name]}
    </svg>
  );
}
