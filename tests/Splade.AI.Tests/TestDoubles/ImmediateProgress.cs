using Splade.AI.ModelFiles.Hub;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>Reports on the thread of the work, so that a test can act on them in time.</summary>
internal sealed class ImmediateProgress(Action<HubProgress> report) : IProgress<HubProgress>
{
    public void Report(HubProgress value) => report(value);
}
