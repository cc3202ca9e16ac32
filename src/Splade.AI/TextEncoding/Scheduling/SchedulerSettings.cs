using Microsoft.Extensions.Logging;

namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>How a <see cref="TextScheduler{TVector}"/> works.</summary>
/// <param name="PadTokenId">The id that fills the rows of shorter texts.</param>
/// <param name="QueuedTokens">The most tokens that wait in the queue.</param>
/// <param name="Logger">Where failing devices are reported.</param>
internal sealed record SchedulerSettings(int PadTokenId, int QueuedTokens, ILogger Logger)
{
    /// <summary>A batch is not made smaller than this to give other workers their share: the start of a run costs more.</summary>
    public const int LeastBudget = 256;

    /// <summary>Enough to find company of like length for most texts, and little memory: 600 KB with 2,048 tokens for a batch.</summary>
    private const int BatchesAhead = 64;

    /// <summary>Enough that no worker finds the queue empty while a call tokenizes its next texts.</summary>
    private const int BatchesPerWorker = 4;

    /// <summary>A call asks for room for so many parts of the queue at a time, and tokenizes no further than that.</summary>
    private const int Portions = 16;

    /// <summary>The model's name, for whoever collects metrics.</summary>
    public string Model { get; init; } = "";

    /// <summary>A call of at most this many tokens is a short one: a query, some queries, or a passage, whose caller waits.</summary>
    public int ShortCall { get; init; } = LeastBudget;

    /// <summary>A call queues its texts whenever they have this many tokens.</summary>
    public int Portion => QueuedTokens / Portions;

    /// <summary>The bound of the queue for some workers, and batches or single texts of so many tokens.</summary>
    public static int QueuedTokensFor(int workers, int tokenBudget, int maxTokens) =>
        (int)Math.Min(int.MaxValue / 2, (BatchesAhead + ((long)BatchesPerWorker * workers)) * Math.Max(tokenBudget, maxTokens));
}
