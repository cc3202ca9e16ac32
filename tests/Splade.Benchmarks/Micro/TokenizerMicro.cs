using BenchmarkDotNet.Attributes;
using Splade.AI.Tokenization;
using Splade.Benchmarks.Corpora;
using Splade.Testing.Tokenization;

namespace Splade.Benchmarks.Micro;

/// <summary>Tokenizing one document of Cranfield's mean length. Public and not sealed, as BenchmarkDotNet wants it.</summary>
[MemoryDiagnoser]
public class TokenizerMicro
{
    private readonly Tokenizer _tokenizer = Tokenizer.Load(TokenizerVariant.SpladeTinyPath);
    private readonly TokenBuffer _buffer = new();
    private string _document = "";

    /// <summary>Writes the document.</summary>
    [GlobalSetup]
    public void Setup() => _document = new TextGenerator(_tokenizer).Text((int)TextGenerator.MeanTokens, seed: 1);

    /// <summary>Into memory of its own.</summary>
    [Benchmark(Baseline = true)]
    public int EncodeString() => _tokenizer.Encode(_document).Count;

    /// <summary>Into memory that is used again.</summary>
    [Benchmark]
    public int EncodeSpan()
    {
        _tokenizer.Encode(_document, _buffer);
        return _buffer.Count;
    }
}
