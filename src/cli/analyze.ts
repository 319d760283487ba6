import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { UnusableInputError } from '../capture/har-file.ts';
import { openFile } from '../engine/open-file.ts';
import type { Report } from '../model/report.ts';
import { EXIT } from './exit.ts';
import { checkedOrigin } from './origin.ts';
import { type OutputOptions, reasonOf, statusOf, writeReport } from './output.ts';

export interface AnalyzeOptions extends OutputOptions {
  redact: 'on' | 'off';
  pageOrigin?: string;
  allowIdle: boolean;
}

/**
 * Runs `analyze` and answers the exit status.
 *
 * @throws UnusableInputError with one line that says what cannot be used
 */
export function analyze(file: string, options: AnalyzeOptions, version: string): number {
  const report = diagnoseFile(file, options, version);
  writeReport(report, options);
  if (report.exchanges.length === 0) return options.allowIdle ? EXIT.fine : EXIT.idle;
  return statusOf(report, options);
}

function diagnoseFile(file: string, options: AnalyzeOptions, version: string): Report {
  const name = file === '-' ? 'standard input' : file;
  const pageOrigin = options.pageOrigin === undefined ? null : checkedOrigin('--page-origin', options.pageOrigin);
  const opened = openFile({ text: decoded(readBytes(file, name)), name, pageOrigin });
  return opened.buildReport({ redact: options.redact === 'on', createdAtMs: Date.now(), version });
}

/** Bytes. Beyond it the text fits into no string of Node's (`buffer.constants.MAX_STRING_LENGTH`, 2^29 - 24). */
const MAX_FILE = 512 * 1024 * 1024 - 24;

function readBytes(file: string, name: string): Buffer {
  const bytes = readWhole(file, name);
  if (bytes.length > MAX_FILE) throw tooLarge(name, bytes.length);
  if (bytes.length === 0) throw new UnusableInputError(`${name} is empty`);
  return bytes;
}

/** The size is looked at before anything is read; a pipe's is known only then. */
function readWhole(file: string, name: string): Buffer {
  const descriptor = file === '-' ? 0 : opened(file, name);
  try {
    const { size } = fstatSync(descriptor);
    if (size > MAX_FILE) throw tooLarge(name, size);
    return readFileSync(descriptor);
  } catch (error) {
    throw error instanceof UnusableInputError ? error : unreadable(name, error);
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

function opened(file: string, name: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw unreadable(name, error);
  }
}

function unreadable(name: string, error: unknown): UnusableInputError {
  return new UnusableInputError(`${name} cannot be read: ${reasonOf(error)}`);
}

function tooLarge(name: string, bytes: number): UnusableInputError {
  const megabytes = Math.round(bytes / 1024 / 1024);
  return new UnusableInputError(
    `${name} is too large: ${megabytes} MB, and at most 512 MB can be read. Save the HAR without content, or record less`,
  );
}

/** UTF-8, or UTF-16 where a byte order mark says so (PowerShell writes it). */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString('utf8');
}
