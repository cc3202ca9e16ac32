using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Splade.AI.VectorFormats;

/// <summary>Values of JSON, one a line.</summary>
internal sealed class BulkLines(IBufferWriter<byte> output) : IDisposable
{
    private const int MaxDocuments = 1000;

    /// <summary>What no engine refuses: Pinecone takes 2 MB, the others more.</summary>
    private const int FullAt = 1024 * 1024;

    private readonly Utf8JsonWriter _json = Writer(output);

    /// <summary>Letters outside of ASCII stand as they are.</summary>
    public static Utf8JsonWriter Writer(IBufferWriter<byte> output) =>
        new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Adds an object.</summary>
    public void Add(Action<Utf8JsonWriter> writeMembers)
    {
        _json.WriteStartObject();
        writeMembers(_json);
        End();
    }

    /// <summary>Adds objects that have the documents in an array, as many in each as make a request of a good size.</summary>
    public void AddRequests(
        IEnumerable<KeyValuePair<string, SparseVector>> documents,
        string member,
        Action<Utf8JsonWriter> writeOtherMembers,
        Action<Utf8JsonWriter, string, SparseVector> writeDocument)
    {
        int count = 0;
        foreach ((string id, SparseVector vector) in documents)
        {
            if (count == 0)
            {
                _json.WriteStartObject();
                writeOtherMembers(_json);
                _json.WriteStartArray(member);
            }

            _json.WriteStartObject();
            writeDocument(_json, id, vector);
            _json.WriteEndObject();
            count++;
            if (count == MaxDocuments || _json.BytesCommitted + _json.BytesPending >= FullAt)
            {
                _json.WriteEndArray();
                End();
                count = 0;
            }
        }

        if (count > 0)
        {
            _json.WriteEndArray();
            End();
        }
    }

    public void Dispose() => _json.Dispose();

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        output.Write("\n"u8);
    }
}
