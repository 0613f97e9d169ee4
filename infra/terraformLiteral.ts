/**
 * Text as Terraform must be given it so that it reads back unchanged: `${` and `%{` open templates in every string.
 * https://developer.hashicorp.com/terraform/language/syntax/json#string-literals
 */
export function terraformLiteral(text: string): string {
  // A replacement string would be read as a pattern, in which `$$` means one `$`: a function's result is taken as it is.
  return text.replace(/[$%]\{/g, (opening) => `${opening[0]}${opening}`);
}
