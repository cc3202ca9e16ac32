using System.Runtime.ExceptionServices;
using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>One call: its texts that wait, its results, and how it ended.</summary>
/// <remarks>
/// The scheduler's lock guards it, but for the results: each is written by the one run that has its text. That of a text in windows is
/// written when the last of them is counted, under the lock.
/// </remarks>
internal sealed class ScheduledCall<TVector> : IDisposable
{
    private readonly TextScheduler<TVector> _scheduler;
    private readonly EncodedText<TVector>[] _results;
    private TaskCompletionSource? _waiting;
    private ExceptionDispatchInfo? _failure;
    private CancellationTokenRegistration _cancellation;
    private int _left;

    public ScheduledCall(TextScheduler<TVector> scheduler, int count, CancellationToken token)
    {
        _scheduler = scheduler;
        _results = new EncodedText<TVector>[count];
        _left = count;
        Token = token;
        Turn = new LinkedListNode<ScheduledCall<TVector>>(this);
    }

    /// <summary>The caller's token.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether it has all results, or has failed or been cancelled.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Which runs its texts wait for. It is known once all its texts are.</summary>
    public Lane Lane { get; set; } = Lane.Long;

    /// <summary>Whether some of its texts have been queued.</summary>
    public bool HasQueued { get; set; }

    /// <summary>Its place among the calls that have texts in the queue.</summary>
    public LinkedListNode<ScheduledCall<TVector>> Turn { get; }

    /// <summary>Its texts in the order of the call; those that were taken as company of other texts are still among them.</summary>
    public Queue<QueuedText<TVector>> Texts { get; } = new();

    /// <summary>How many of its texts are in the queue.</summary>
    public int QueuedCount { get; set; }

    /// <summary>The tokens of its texts that are in the queue, or about to be.</summary>
    public int HeldTokens { get; set; }

    /// <summary>The runs under way that it shares with other calls.</summary>
    public List<TextBatch<TVector>> SharedRuns { get; } = [];

    /// <summary>Cancels the call when its token is cancelled; at once, if it is already.</summary>
    public void WatchToken() =>
        _cancellation = Token.UnsafeRegister(static call => ((ScheduledCall<TVector>)call!).Cancel(), this);

    /// <summary>Drops what the call has left behind, if its caller gave it up.</summary>
    public void Dispose()
    {
        _cancellation.Dispose();
        Cancel();
    }

    /// <summary>Makes a text of the call from the tokens in a buffer.</summary>
    /// <param name="position">The position among the texts of the call.</param>
    /// <param name="tokens">The tokens of prompt and text.</param>
    /// <param name="textStart">Where the text begins if its tokens are wanted; null if not.</param>
    public QueuedText<TVector> CreateText(int position, TokenBuffer tokens, int? textStart) =>
        new(this, position, tokens.Ids.ToArray(), tokens.Truncated)
        {
            TextIds = textStart is int start ? TextIds.After(start, tokens.Ids, tokens.Offsets) : [],
        };

    /// <summary>Makes a text of the call from a pair of texts.</summary>
    public QueuedText<TVector> CreatePair(int position, TokenPair pair) => new(this, position, pair.Ids, pair.Truncated) { TypeIds = pair.TypeIds };

    /// <summary>Makes a window of a text of the call.</summary>
    public QueuedText<TVector> CreateWindow(int position, WindowedText<TVector> whole, int window, int[] ids) =>
        new(this, position, ids, truncated: false) { Whole = whole, Window = window };

    /// <summary>The oldest text in the queue, of which there is one.</summary>
    public QueuedText<TVector> OldestText()
    {
        while (true)
        {
            QueuedText<TVector> text = Texts.Dequeue();
            if (text.IsQueued)
            {
                return text;
            }
        }
    }

    /// <summary>Keeps the vector of a text or window. Needs no lock.</summary>
    public void Store(QueuedText<TVector> text, TVector vector)
    {
        if (text.Whole is null)
        {
            _results[text.Position] = new EncodedText<TVector>(vector, text.Length, text.Truncated) { TextIds = text.TextIds };
        }
        else
        {
            text.Whole.Store(text.Window, vector, text.Length);
        }
    }

    /// <summary>Counts a text or window whose vector was kept. A text counts with the last of its windows.</summary>
    public void CountResult(QueuedText<TVector> text)
    {
        if (text.Whole is not null)
        {
            if (!text.Whole.CountWindow())
            {
                return;
            }

            _results[text.Position] = text.Whole.ToResult();
        }

        if (--_left == 0)
        {
            End(null);
        }
    }

    /// <summary>Ends the call, with a failure or without.</summary>
    public void End(Exception? failure)
    {
        IsDone = true;
        _failure = failure is null ? null : ExceptionDispatchInfo.Capture(failure);
        _waiting?.SetResult();
    }

    /// <summary>Ends when the call does.</summary>
    public Task WaitAsync()
    {
        if (IsDone)
        {
            return Task.CompletedTask;
        }

        _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiting.Task;
    }

    /// <summary>What a call that is done gives: its results or its failure.</summary>
    public EncodedText<TVector>[] GetResults()
    {
        _failure?.Throw();
        return _results;
    }

    private void Cancel() => _scheduler.Cancel(this);
}
