namespace Splade.AI.Search.Segments;

/// <summary>Which searches of an index run now, and how many threads each of them takes.</summary>
/// <remarks>
/// <para>
/// A search that is the only one takes all threads that it may, else the caller's alone. No more than two for each processor run at the same
/// time, so that one works while another wakes up; the rest wait, and go on in the order in which they came. Without that, many searches would
/// take each other's time slices away, and a few of them would take a hundred times as long as the others.
/// </para>
/// <para>
/// Nobody waits for ever: a search that had to wait long runs anyway, and so does one that a filter of another starts on the same thread.
/// </para>
/// </remarks>
/// <param name="most">How many threads a search may take.</param>
internal sealed class SearchThreads(int most)
{
    /// <summary>How many searches run at the same time.</summary>
    public static readonly int MostAtOnce = 2 * Environment.ProcessorCount;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    [ThreadStatic]
    private static int _depth;

    private readonly Lock _changing = new();
    private readonly LinkedList<Turn> _waiting = [];
    private int _free = MostAtOnce;
    private int _running;

    /// <summary>Runs a search, which is told how many threads it may take.</summary>
    /// <param name="mayShare">Whether it may take other threads than the caller's.</param>
    /// <param name="search">The search.</param>
    /// <param name="cancellationToken">Ends the waiting early.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public T Run<T>(bool mayShare, Func<int, T> search, CancellationToken cancellationToken)
    {
        bool hasPlace = _depth == 0 && TakePlace(cancellationToken);
        bool isAlone = Interlocked.Increment(ref _running) == 1;
        _depth++;
        try
        {
            return search(isAlone && mayShare ? most : 1);
        }
        finally
        {
            _depth--;
            Interlocked.Decrement(ref _running);
            if (hasPlace)
            {
                GivePlaceBack();
            }
        }
    }

    /// <returns>Whether there is a place to give back.</returns>
    private bool TakePlace(CancellationToken cancellationToken)
    {
        var turn = new Turn();
        lock (_changing)
        {
            if (_free > 0)
            {
                _free--;
                return true;
            }

            _waiting.AddLast(turn.Node);
        }

        bool isCancelled = false;
        try
        {
            if (turn.Came.Wait(LongestWait, cancellationToken))
            {
                return true;
            }
        }
        catch (OperationCanceledException)
        {
            isCancelled = true;
        }

        // In the very last moment the place may have come all the same.
        bool hasPlace = !Leave(turn);
        if (isCancelled && hasPlace)
        {
            GivePlaceBack();
        }

        return isCancelled ? throw new OperationCanceledException(cancellationToken) : hasPlace;
    }

    /// <returns>Whether it was still waiting.</returns>
    private bool Leave(Turn turn)
    {
        lock (_changing)
        {
            bool isWaiting = turn.Node.List is not null;
            if (isWaiting)
            {
                _waiting.Remove(turn.Node);
            }

            return isWaiting;
        }
    }

    // Handed on to the first who waits: one who comes just now would else be quicker, again and again.
    private void GivePlaceBack()
    {
        Turn first;
        lock (_changing)
        {
            if (_waiting.First is null)
            {
                _free++;
                return;
            }

            first = _waiting.First.Value;
            _waiting.RemoveFirst();
        }

        // Whoever wakes up needs the lock as little as possible.
        first.Came.Set();
    }

    /// <summary>One who waits.</summary>
    private sealed class Turn
    {
        public Turn() => Node = new LinkedListNode<Turn>(this);

        public LinkedListNode<Turn> Node { get; }

        public ManualResetEventSlim Came { get; } = new(initialState: false, spinCount: 0);
    }
}
