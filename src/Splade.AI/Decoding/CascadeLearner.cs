using System.Runtime.InteropServices;

namespace Splade.AI.Decoding;

/// <summary>Makes a <see cref="Cascade"/> of the hidden states of the first texts, on a thread of its own, while they are decoded without it.</summary>
/// <remarks>
/// What a decoder is used for shows in its texts, better than in any that a library could bring along: of abstracts on aerodynamics, a basis
/// learnt on others of them leaves four tenths of the products, one learnt on this library's manual half. Nothing is lost at the start, and a program
/// of a few texts does not pay for it. Which texts come first changes how fast later ones are, never what comes out.
/// </remarks>
/// <param name="weights">The decoder, which whoever makes this owns, and disposes of after this.</param>
/// <param name="report">Is told what came of it: whether it is used, and the share of the products that it made of some other texts.</param>
internal sealed class CascadeLearner(DecoderWeights weights, Action<bool, double>? report) : IDisposable
{
    /// <summary>Twice as many leave hardly fewer products; half as many a tenth more.</summary>
    private const int LearntTokens = 1536;

    private const int TriedTokens = 512;

    /// <summary>Of one text at most: a sample is of several.</summary>
    private const int MostOfAText = 256;

    private readonly Lock _lock = new();
    private readonly HashSet<int> _taken = [];
    private float[]? _sample = new float[(LearntTokens + TriedTokens) * weights.Width];
    private int _filled;
    private Task? _learning;
    private volatile Cascade? _learnt;
    private volatile bool _stopped;

    /// <summary>The cascade, once it is learnt and worth it.</summary>
    public Cascade? Learnt => _learnt;

    /// <summary>Takes the hidden states of a text that was decoded without, if it is one that a cascade is for, and none that was taken already.</summary>
    public void Add(HiddenStates hidden)
    {
        if (Volatile.Read(ref _sample) is null || !ScreenRange.Holds(hidden.Largest) || hidden.Numbers.Length < Cascade.LeastTokens * weights.Width)
        {
            return;
        }

        ReadOnlySpan<float> text = hidden.Numbers[..Math.Min(hidden.Numbers.Length, MostOfAText * weights.Width)];
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(text));

        lock (_lock)
        {
            if (_sample is not float[] sample || !_taken.Add(hash.ToHashCode()))
            {
                return;
            }

            ReadOnlySpan<float> taken = text[..Math.Min(text.Length, sample.Length - _filled)];
            taken.CopyTo(sample.AsSpan(_filled));
            _filled += taken.Length;
            if (_filled == sample.Length && !_stopped)
            {
                _sample = null;
                _learning = Task.Factory.StartNew(() => Learn(sample), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Waits for what is being learnt, if anything is.</summary>
    public void Wait() => _learning?.Wait();

    public void Dispose()
    {
        lock (_lock)
        {
            _stopped = true;
        }

        Wait();
        _learnt?.Dispose();
    }

    private void Learn(float[] sample)
    {
        int learnt = LearntTokens * weights.Width;
        if (CascadeBasis.Learn(sample.AsSpan(0, learnt), weights) is not CascadeBasis basis || _stopped)
        {
            return;
        }

        var cascade = new Cascade(weights, basis, () => !_stopped);
        bool holds = !_stopped && cascade.TryDecode(new HiddenStates(sample.AsSpan(learnt)), new float[weights.Columns], threads: 1);
        bool used = holds && cascade.ShareOfProducts <= Cascade.LargestShare;
        if (used)
        {
            _learnt = cascade;
        }
        else
        {
            cascade.Dispose();
        }

        if (holds)
        {
            report?.Invoke(used, cascade.ShareOfProducts);
        }
    }
}
