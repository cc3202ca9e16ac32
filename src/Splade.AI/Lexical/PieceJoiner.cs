using System.Text;
using Splade.AI.Tokenization;

namespace Splade.AI.Lexical;

/// <summary>Puts words together from the pieces of a WordPiece tokenizer, as FastEmbed's encoders for Qdrant do. Safe for concurrent use.</summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="leftOut">Tokens that are no part of any word.</param>
internal sealed class PieceJoiner(Tokenizer tokenizer, IReadOnlySet<string> leftOut)
{
    /// <param name="ids">The ids of a text's tokens.</param>
    public List<PieceWord> Join(ReadOnlySpan<long> ids)
    {
        var words = new List<PieceWord>();
        var word = new StringBuilder();
        var pieces = new List<int>();
        for (int i = 0; i < ids.Length; i++)
        {
            int id = (int)ids[i];
            string token = tokenizer.Vocabulary[id];
            if (leftOut.Contains(token))
            {
                continue;
            }

            bool continues = tokenizer.ContinuesWord(id) == true;
            if (!continues)
            {
                Finish();
            }

            word.Append(continues ? tokenizer.ReadableText(id) : token);
            pieces.Add(i);
        }

        Finish();
        return words;

        void Finish()
        {
            if (word.Length > 0)
            {
                words.Add(new PieceWord(word.ToString(), pieces.ToArray()));
                word.Clear();
                pieces.Clear();
            }
        }
    }
}
