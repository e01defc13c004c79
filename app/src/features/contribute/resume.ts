export { resumeSubmissions } from '@datanets/sdk'
