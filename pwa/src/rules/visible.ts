/** Spaces, control and format characters, and letters and signs that nothing is drawn for. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;
const SEEN = /[^\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether anybody sees anything of a text. */
export function hasVisible(text: string): boolean {
  return SEEN.test(text);
}

/** Whether somebody can sign in by what was typed: without spaces around it nothing of it is unseen. */
export function isLogin(typed: string): boolean {
  const login = typed.normalize('NFKC').trim();
  return login !== '' && !UNSEEN.test(login);
}
