// The types of a module's exports, written out in full: a published package brings neither our sources nor our schema library.
import ts from 'typescript';

const { NodeBuilderFlags: FLAGS } = ts;
const WRITTEN_OUT =
  FLAGS.NoTruncation | FLAGS.InTypeAlias | FLAGS.UseFullyQualifiedType | FLAGS.UseSingleQuotesForStringLiteralType;

/** The text of a `.d.ts` for the module at this path. Functions, classes and types; a HAR's entries are left open. */
export function declarationsOf(path) {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram([path], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(source));
  return symbols.map((symbol) => `${commentOf(symbol)}${declarationOf(symbol)}\n`).join('\n');

  function declarationOf(exported) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const { name } = symbol;
    if (symbol.flags & ts.SymbolFlags.Class) return `export declare class ${name} extends Error {}`;
    if (symbol.flags & ts.SymbolFlags.Function) return `export declare function ${name}${signatureOf(symbol)};`;
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    if (symbol.flags & ts.SymbolFlags.Interface) return `export interface ${name} {\n${membersOf(type)}\n}`;
    return `export type ${name} = ${written(type)};`;
  }

  /** As it stands in the source: the names in it are exported, too. */
  function signatureOf({ valueDeclaration: { parameters, type } }) {
    const shown = parameters.map((parameter) => {
      const mark = parameter.initializer || parameter.questionToken ? '?' : '';
      return `${parameter.name.getText()}${mark}: ${parameter.type.getText()}`;
    });
    return `(${shown.join(', ')}): ${type.getText()}`;
  }

  function membersOf(type) {
    return type
      .getProperties()
      .map((member) => {
        const isOptional = Boolean(member.flags & ts.SymbolFlags.Optional);
        const shown = written(
          isOptional ? checker.getNonNullableType(checker.getTypeOfSymbol(member)) : checker.getTypeOfSymbol(member),
        );
        return `${commentOf(member, '  ')}  ${member.name}${isOptional ? '?' : ''}: ${shown};`;
      })
      .join('\n');
  }

  function written(type) {
    const node = checker.typeToTypeNode(type, undefined, WRITTEN_OUT);
    const text = ts.createPrinter().printNode(ts.EmitHint.Unspecified, node, source);
    return text.replace(/import\([^)]*\)\.HarEntry|\bHarEntry\b/g, 'unknown');
  }

  function commentOf(symbol, indent = '') {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    return text === '' ? '' : `${indent}/** ${text.replace(/\n/g, `\n${indent} * `)} */\n`;
  }
}
