/** What people write who know other languages or other bots, and what is written here. */

/** Marks that are no part of an expression. */
export const foreignMarks: readonly (readonly [RegExp, string])[] = [
  [/^=>|^=</, "write >= for at least, <= for at most"],
  [/^(===|=)(?![=~])/, "to compare, write =="],
  [/^(!==|<>)/, "for unequal, write !="],
  [/^&&?/, "write and"],
  [/^\|\|/, "write or"],
  [/^!/, "write not"],
  [/^\+/, "there is no + here; to add, write | plus: 1"],
  [/^-/, "there is no - here; to subtract, write | minus: 1"],
  [/^\*/, "there is no * here; to multiply, write | times: 2"],
  [/^\//, "there is no / here; to divide, write | divided_by: 2"],
  [/^%/, "there is no % here"],
  [/^[‘’“”«»„]/u, "write straight quotes: 'text'"],
  [/^`/, "write straight quotes: 'text'"],
  [/^\?/, "there is no ? here; write {% if … %}…{% else %}…{% endif %}"],
  [/^\$/, "variables are written without $"],
  [/^#/, "names are written without #, in quotes: 'general'"],
  [/^@/, "names are written without @, in quotes: 'ada'"],
  [/^[{}]/, "one pair of {{ }} holds a whole expression; inside it there are none"],
  [/^;/, "one expression only, without ;"],
];

/** Words that people try for operators. */
export const foreignOperators: Readonly<Record<string, string>> = {
  is: "write ==; whether somebody has a role is asked by the condition role: Helper",
  isnt: "write !=",
  equals: "write ==",
  AND: "write and, in small letters",
  OR: "write or, in small letters",
  NOT: "write not, in small letters",
  IN: "write in, in small letters",
  has: "write contains; whether somebody has a role is asked by the condition role: Helper",
  includes: "write contains",
  matches: "for this there is the condition text: { matches: … }",
  like: "for this there is the condition text: { matches: … }",
  starts: "for this there is the condition text: { starts_with: … }",
  begins: "for this there is the condition text: { starts_with: … }",
  ends: "for this there is the condition text: { ends_with: … }",
  ist: "write ==",
  und: "write and",
  oder: "write or",
  then: "write the text after {% if … %}",
};

/** Words that people try for a value. */
export const foreignValues: Readonly<Record<string, string>> = {
  null: "for nothing, write empty",
  nil: "for nothing, write empty",
  none: "for nothing, write empty",
  nothing: "for nothing, write empty",
  blank: "for nothing, write empty",
  undefined: "for nothing, write empty",
  on: "write yes",
  off: "write no",
  if: "conditions in text are written {% if … %}…{% endif %}",
  for: "loops in text are written {% for x in list %}…{% endfor %}",
};
