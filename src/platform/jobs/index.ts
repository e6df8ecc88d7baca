export { job, wake, type Job, type Wake } from "./definitions.ts"
export { enqueue } from "./enqueue.ts"
export { installJobs } from "./install-jobs.ts"
export { startJobs } from "./start-jobs.ts"
