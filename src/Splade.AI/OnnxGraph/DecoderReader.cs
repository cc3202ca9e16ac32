using System.Buffers;

namespace Splade.AI.OnnxGraph;

/// <summary>Reads the decoder's weight a range of vocabulary entries at a time, and its bias.</summary>
internal sealed class DecoderReader(OnnxFile file, Decoder decoder)
{
    /// <summary>The rows where they lie in a file; null if they lie in another order or type there, or in no file.</summary>
    public FileNumbers? RowsInFile() => decoder.HasVocabularyRows ? TensorReader.InFile(file, decoder.Weight.Tensor) : null;

    /// <summary>Reads rows, one for each vocabulary entry from <paramref name="first"/> on.</summary>
    /// <param name="first">The first entry.</param>
    /// <param name="rows">Shape <c>[entries, hidden]</c>: receives the rows.</param>
    public void ReadRows(int first, Span<float> rows)
    {
        if (decoder.HasVocabularyRows)
        {
            TensorReader.Read(file, decoder.Weight.Tensor, (long)first * decoder.HiddenSize, rows);
        }
        else
        {
            ReadColumns(first, rows);
        }
    }

    /// <summary>Reads the bias, one number for each vocabulary entry: zeros if there is none.</summary>
    public float[] ReadBias()
    {
        float[] bias = new float[decoder.Vocabulary];
        if (decoder.Bias is not null)
        {
            TensorReader.Read(file, decoder.Bias.Tensor, 0, bias);
        }

        return bias;
    }

    private void ReadColumns(int first, Span<float> rows)
    {
        int count = rows.Length / decoder.HiddenSize;
        float[] rented = ArrayPool<float>.Shared.Rent(count);
        try
        {
            Span<float> part = rented.AsSpan(0, count);
            for (int h = 0; h < decoder.HiddenSize; h++)
            {
                TensorReader.Read(file, decoder.Weight.Tensor, ((long)h * decoder.Vocabulary) + first, part);
                for (int i = 0; i < count; i++)
                {
                    rows[(i * decoder.HiddenSize) + h] = part[i];
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }
}
