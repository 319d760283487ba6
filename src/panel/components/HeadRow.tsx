interface HeadRowProps {
  className: string;
  columns: readonly { id: string; title: string }[];
}

/** The first row of a table whose rows come and go: names the columns. */
export function HeadRow({ className, columns }: HeadRowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: a head that neither sorts nor selects takes no focus
    <div role="row" aria-rowindex={1} className={className}>
      {columns.map(({ id, title }) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <span key={id} role="columnheader" className={`cell cell-${id}`}>
          {title}
        </span>
      ))}
    </div>
  );
}
