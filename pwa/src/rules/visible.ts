/** Spaces, control and format characters, and letters and signs that nothing is drawn for. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;
const SEEN = /[^\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What a keyboard leaves around a word by mistake; any other blank was meant, and is not typed when signing in. */
const AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** Whether anybody sees anything of a text. */
export function hasVisible(text: string): boolean {
  return SEEN.test(text);
}

/** Whether somebody can sign in by what was typed: without spaces around it nothing of it is unseen. */
export function isLogin(typed: string): boolean {
  const login = typed.normalize('NFKC').replaceAll(AROUND, '');
  return login !== '' && !UNSEEN.test(login);
}
