using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Splade.Cli.Lines;

/// <summary>Reads the lines of an input, each of which ends with LF or CR LF. Memory holds one line.</summary>
internal static class InputReader
{
    private const int BlockSize = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static async IAsyncEnumerable<InputLine> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: BlockSize, leaveOpen: true));
        for (long number = 1; ;)
        {
            // A read of a terminal or a pipe cannot be cancelled, but it need not be waited for.
            ReadResult read = await reader.ReadAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (TryTakeLine(ref rest, read.IsCompleted, out ReadOnlySequence<byte> line))
            {
                yield return InputText.Parse(number == 1 ? WithoutMark(line) : line, number);
                number++;
            }

            if (read.IsCompleted)
            {
                yield break;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, bool isEnd, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is SequencePosition end)
        {
            line = WithoutReturn(rest.Slice(0, end));
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!isEnd || rest.IsEmpty)
        {
            return false;
        }

        rest = rest.Slice(rest.End);
        return true;
    }

    private static ReadOnlySequence<byte> WithoutReturn(ReadOnlySequence<byte> line) =>
        !line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == (byte)'\r' ? line.Slice(0, line.Length - 1) : line;

    private static ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> line) =>
        line.Length >= ByteOrderMark.Length && line.Slice(0, ByteOrderMark.Length).ToArray().AsSpan().SequenceEqual(ByteOrderMark)
            ? line.Slice(ByteOrderMark.Length)
            : line;
}
