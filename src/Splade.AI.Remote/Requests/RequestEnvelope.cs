using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Splade.AI.Remote.Requests;

/// <summary>The body of a request around its texts: what all batches of a call have in common.</summary>
internal sealed class RequestEnvelope
{
    private static readonly byte[] End = "]}"u8.ToArray();

    private readonly byte[] _beginning;

    /// <param name="list">The name of the list of texts, which comes last.</param>
    /// <param name="members">The other members: names, and values as JSON.</param>
    public RequestEnvelope(string list, params ReadOnlySpan<(string Name, string Json)> members)
    {
        var text = new StringBuilder("{");
        foreach ((string name, string json) in members)
        {
            text.Append('"').Append(name).Append("\":").Append(json).Append(',');
        }

        _beginning = Encoding.UTF8.GetBytes(text.Append('"').Append(list).Append("\":[").ToString());
    }

    /// <summary>The bytes that it has beside the texts.</summary>
    public int Bytes => _beginning.Length + End.Length;

    /// <summary>A text as JSON has it; <see langword="null"/> as that word.</summary>
    /// <exception cref="ArgumentException">The text is no Unicode: it has half of a surrogate pair.</exception>
    public static string Json(string? text) =>
        text is null ? "null" : $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    public static string Json(bool value) => value ? "true" : "false";

    /// <summary>The whole body.</summary>
    public byte[] Enclose(ReadOnlySpan<byte[]> texts)
    {
        int length = Bytes + Math.Max(0, texts.Length - 1);
        foreach (byte[] text in texts)
        {
            length += text.Length;
        }

        var body = new MemoryStream(length);
        body.Write(_beginning);
        for (int i = 0; i < texts.Length; i++)
        {
            if (i > 0)
            {
                body.WriteByte((byte)',');
            }

            body.Write(texts[i]);
        }

        body.Write(End);
        return body.GetBuffer();
    }
}
