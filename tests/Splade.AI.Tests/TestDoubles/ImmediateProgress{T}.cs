namespace Splade.AI.Tests.TestDoubles;

/// <summary>Reports on the thread of the work, so that a test can act on them in time.</summary>
internal sealed class ImmediateProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
