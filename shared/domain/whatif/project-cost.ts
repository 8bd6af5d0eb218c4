// What making a model of one's own costs once: the teacher's answers, and the training on them.
import type { CustomModelLever } from './scenario.ts';

/**
 * What making the model costs once: teacher tokens × price + training tokens × epochs × price, USD.
 * Source: AWS bills distillation as the teacher's on-demand tokens plus the student's training.
 */
export function projectCost(lever: CustomModelLever): number {
  return teacherCost(lever) + trainingCost(lever);
}

/** USD; input and output tokens in millions × their prices. */
export function teacherCost(lever: CustomModelLever): number {
  const { teacherInputMillions, teacherOutputMillions, teacherUsdInput, teacherUsdOutput } = lever;
  return teacherInputMillions * teacherUsdInput + teacherOutputMillions * teacherUsdOutput;
}

/** USD; training tokens in millions × epochs × price. */
export function trainingCost({ trainingMillions, epochs, usdPerMillionTraining }: CustomModelLever): number {
  return trainingMillions * epochs * usdPerMillionTraining;
}
