/** A truth as a column has it. */
export const yesOrNo = (is: boolean): string => (is ? 'YES' : 'NO');
