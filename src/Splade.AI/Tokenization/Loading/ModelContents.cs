using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tokenization.Loading;

/// <summary>A <c>model</c> of a <c>tokenizer.json</c>: its tokens by id, their ids, what makes tokens of words, and how they are written.</summary>
internal sealed record ModelContents(string[] Tokens, Dictionary<string, int> Ids, SubwordModel Model, TokenSpelling Spelling);
