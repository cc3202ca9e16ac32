using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Splade.Cli.Lines;

/// <summary>Writes JSON objects, one per line, or texts, in UTF-8 without a mark and with LF. Nothing is sent before it is told to.</summary>
internal sealed class OutputLines : IDisposable
{
    private const int BlockSize = 1024 * 1024;

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(BlockSize);
    private readonly Utf8JsonWriter _json;

    public OutputLines(Stream stream)
    {
        _stream = stream;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Adds a line whose members are written by a function.</summary>
    public void Add<T>(T line, Action<Utf8JsonWriter, T> writeMembers)
    {
        _json.WriteStartObject();
        writeMembers(_json, line);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
    }

    /// <summary>Adds a text as it is. Its lines have their ends.</summary>
    public void AddText(string text) => Encoding.UTF8.GetBytes(text, _buffer);

    /// <summary>Sends what was added, if it is much.</summary>
    public Task SendIfFullAsync(CancellationToken cancellationToken) =>
        _buffer.WrittenCount < BlockSize ? Task.CompletedTask : SendAsync(cancellationToken);

    /// <summary>Sends what was added.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }

    public void Dispose() => _json.Dispose();
}
