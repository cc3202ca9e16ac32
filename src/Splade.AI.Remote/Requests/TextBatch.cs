using System.Text;

namespace Splade.AI.Remote.Requests;

/// <summary>Neighbouring texts of a call, to be sent in one request.</summary>
/// <param name="Start">The position of the first among the texts of the call.</param>
/// <param name="Texts">The texts as JSON has them.</param>
internal readonly record struct TextBatch(int Start, ReadOnlyMemory<byte[]> Texts)
{
    public int Count => Texts.Length;

    /// <summary>Cuts texts into batches that a server takes, one after another as they are asked for.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="maxCount">The most texts of a batch.</param>
    /// <param name="maxBytes">The most bytes of a batch, with a comma for each text.</param>
    /// <exception cref="ArgumentException">A text is longer than a whole batch may be, or no Unicode.</exception>
    public static IEnumerable<TextBatch> Cut(IReadOnlyList<string> texts, int maxCount, int maxBytes)
    {
        var batch = new List<byte[]>();
        int start = 0, bytes = 0;
        for (int i = 0; i < texts.Count; i++)
        {
            byte[] text = Read(texts[i], i, maxBytes);
            if (batch.Count == maxCount || (batch.Count > 0 && bytes + text.Length + 1 > maxBytes))
            {
                yield return new TextBatch(start, batch.ToArray());
                (start, bytes) = (i, 0);
                batch.Clear();
            }

            batch.Add(text);
            bytes += text.Length + 1;
        }

        if (batch.Count > 0)
        {
            yield return new TextBatch(start, batch.ToArray());
        }
    }

    /// <summary>The first and the second half; the batch itself if it is of one text.</summary>
    public IEnumerable<TextBatch> Halves()
    {
        int half = Count / 2;
        return half == 0 ? [this] : [new TextBatch(Start, Texts[..half]), new TextBatch(Start + half, Texts[half..])];
    }

    private static byte[] Read(string text, int position, int maxBytes)
    {
        byte[] json;
        try
        {
            json = Encoding.UTF8.GetBytes(RequestEnvelope.Json(text));
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException(
                $"The text at position {position} has half of a surrogate pair, which cannot be sent. Take it out of the text.", nameof(text), e);
        }

        return json.Length < maxBytes ? json : throw new ArgumentException(
            $"The text at position {position} has {json.Length} bytes, and a request at most {maxBytes} beside what it says of them. Cut it into passages, or "
            + $"set {nameof(RemoteEncoderOptions.MaxRequestBytes)} to what the server takes (payload-limit of Text Embeddings Inference).",
            nameof(text));
    }
}
