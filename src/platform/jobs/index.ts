export { job, wake, type Job, type Wake } from "./definitions.ts"
export { enqueue, type EnqueueOptions } from "./enqueue.ts"
export { installJobs } from "./install-jobs.ts"
export { startJobs, type RunningJobs } from "./start-jobs.ts"
