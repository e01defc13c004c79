import { Component, type ReactNode } from 'react'
import { ErrorNote } from '../components/read.tsx'

/** Keeps what one page throws from taking the others with it. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    return <ErrorNote error={this.state.error} onRetry={() => this.setState({ error: undefined })} />
  }
}
