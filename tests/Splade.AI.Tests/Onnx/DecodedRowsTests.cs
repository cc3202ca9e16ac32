using Microsoft.ML.OnnxRuntime;
using Splade.AI.Decoding;
using Splade.AI.Onnx;
using Splade.AI.Pooling;
using Splade.AI.Tests.Decoding;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Onnx;

/// <summary>Hidden states that are no numbers: maxima would lose them, a row shows them.</summary>
public sealed class DecodedRowsTests
{
    private const int Columns = 100;
    private const int Width = 24;

    private readonly RandomDecoder _random = new(seed: 3, Columns, Width);

    /// <summary>A text of three tokens, and one of two with a place of padding.</summary>
    private readonly TokenBatch _batch = new([[1, 2, 3], [4, 5]], padTokenId: 0);

    [KernelFact]
    public void Read_AnyNumberOfATextThatIsNone_ShowsInEveryEntry()
    {
        float[] sound = _random.Hidden(6);
        foreach (IVocabularyDecoder decoder in Decoders())
        {
            using var sut = new DecodedRows(decoder, Width);
            float[] other = Read(sut, sound, text: 1);
            foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            {
                for (int at = 0; at < 3 * Width; at++)
                {
                    float[] hidden = [.. sound];
                    hidden[at] = bad;
                    Assert.All(Read(sut, hidden, text: 0), x => Assert.False(float.IsFinite(x)));
                    Assert.Equal(other, Read(sut, hidden, text: 1));
                }
            }
        }
    }

    [KernelFact]
    public void Read_PaddingThatIsNoNumber_IsNotLookedAt()
    {
        float[] hidden = _random.Hidden(6);
        foreach (IVocabularyDecoder decoder in Decoders())
        {
            using var sut = new DecodedRows(decoder, Width);
            float[] expected = Read(sut, hidden, text: 1);
            float[] padded = [.. hidden];
            padded.AsSpan(5 * Width).Fill(float.NaN);
            Assert.Equal(expected, Read(sut, padded, text: 1));
            Assert.All(expected, x => Assert.True(float.IsFinite(x)));
        }
    }

    private IVocabularyDecoder[] Decoders()
    {
        using DecoderWeights weights = _random.Weights();
        return
        [
            new FullDecoder(weights, LogitPooling.Max),
            new FullDecoder(weights, LogitPooling.SumOfRelu),
            new ScreenedDecoder(_random.Weights(), LogitPooling.Max, ScreenScale.Measure(_random.Hidden(20), Width)),
        ];
    }

    private float[] Read(DecodedRows sut, float[] hidden, int text)
    {
        float[] row = new float[Columns];
        using OrtValue output = OrtValue.CreateTensorValueFromMemory(hidden, [_batch.Rows, _batch.Length, Width]);
        sut.Read([output], _batch, text, row, threads: 1);
        return row;
    }
}
