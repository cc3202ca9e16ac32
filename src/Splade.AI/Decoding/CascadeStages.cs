using Splade.AI.Pooling;

namespace Splade.AI.Decoding;

/// <summary>After how many dimensions the cascade looks which tokens may still be positive for an entry of a panel.</summary>
internal static class CascadeStages
{
    public const int Count = 4;

    /// <summary>The last stage, after which nothing is left to bound.</summary>
    public const int Last = Count - 1;

    private const int LeastWidth = 64;

    /// <summary>Twice the width takes eight times as long to learn, and such encoders take nearly all of the time themselves.</summary>
    private const int MostWidth = 384;

    /// <summary>Of trained hidden states; a little more or less of each changes little.</summary>
    private static ReadOnlySpan<int> Sixteenths => [4, 6, 9, 16];

    /// <summary>Whether there is a cascade for a decoder: the maximum alone lets single tokens be left out, and the kernel wants whole registers.</summary>
    public static bool Suit(DecoderWeights weights, LogitPooling pooling) =>
        pooling == LogitPooling.Max && weights.Width is >= LeastWidth and <= MostWidth && weights.Width % PanelKernel.Columns == 0;

    /// <summary>The first dimension after a stage, a multiple of 8; after stage -1 it is the first of all.</summary>
    public static int End(int width, int stage) => stage < 0 ? 0 : width * Sixteenths[stage] / 16 / 8 * 8;
}
