/** Whether the program still wants traffic. Set once, on the way out. */
export class Readiness {
  draining = false;
}
