using System.Runtime.CompilerServices;

namespace Splade.Cli.Lines;

/// <summary>
/// Cuts endless input into windows that are encoded together. A window need not be full: slow input is answered, and so are the lines
/// before a wrong one.
/// </summary>
internal static class LineWindows
{
    /// <summary>Enough for batches of similar lengths.</summary>
    private const int MaxLines = 256;

    /// <summary>Bounds the memory where single lines are very long.</summary>
    private const int MaxCharacters = 4 * 1024 * 1024;

    /// <summary>How long a window waits for its next line: one who types, or waits for answers, gets them without filling a window.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>All lines in order. If reading them fails, the window before the failure is still returned.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<InputLine>> CutAsync(
        IAsyncEnumerable<InputLine> lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not disposed: it holds nothing, and it cannot be while a read is pending.
        IAsyncEnumerator<InputLine> source = lines.GetAsyncEnumerator(cancellationToken);
        Task<bool> next = source.MoveNextAsync().AsTask();
        while (true)
        {
            var window = new List<InputLine>();
            int characters = 0;
            while (window.Count < MaxLines && characters < MaxCharacters
                && await IsReadyAsync(next, isBrief: window.Count > 0, cancellationToken).ConfigureAwait(false))
            {
                window.Add(source.Current);
                characters += source.Current.Text.Length;
                next = source.MoveNextAsync().AsTask();
            }

            if (window.Count == 0)
            {
                // Throws what ended the reading, if it was not the end.
                await next.ConfigureAwait(false);
                yield break;
            }

            yield return window;
        }
    }

    /// <summary>Whether there is a next text, waiting for it briefly or, for an empty window, as long as it takes.</summary>
    private static async Task<bool> IsReadyAsync(Task<bool> next, bool isBrief, CancellationToken cancellationToken)
    {
        Task waiting = ((Task)next).WaitAsync(isBrief ? Patience : Timeout.InfiniteTimeSpan, cancellationToken);
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return next.IsCompletedSuccessfully && await next.ConfigureAwait(false);
    }
}
