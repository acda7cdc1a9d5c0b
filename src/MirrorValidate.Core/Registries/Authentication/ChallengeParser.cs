using System.Net.Http.Headers;
using System.Text;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Parses challenges: <c>challenge = auth-scheme [ 1*SP ( token68 / #auth-param ) ]</c>, one or more per header
/// (RFC 7235, section 4.1 and appendix C). Never throws; skips malformed parts up to the next comma.
/// </summary>
internal ref struct ChallengeParser
{
    private readonly ReadOnlySpan<char> _text;
    private int _position;

    private ChallengeParser(ReadOnlySpan<char> text) => _text = text;

    private readonly bool AtEnd => _position >= _text.Length;

    /// <summary>The challenges of a response.</summary>
    internal static List<Challenge> Of(HttpResponseMessage response) =>
        // From the raw header: the framework's parser drops what does not fit its grammar.
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out HeaderStringValues values)
            ? Parse(values)
            : [];

    internal static List<Challenge> Parse(IEnumerable<string> headers)
    {
        var challenges = new List<Challenge>();
        foreach (string header in headers) new ChallengeParser(header).ReadAll(challenges);
        return challenges;
    }

    private void ReadAll(List<Challenge> challenges)
    {
        Dictionary<string, string>? parameters = null;
        while (!AtEnd)
        {
            SkipSeparators();
            string token = ReadToken();
            if (token.Length == 0)
            {
                SkipToComma();
                continue;
            }

            if (parameters is not null && TryReadValue(out string value))
            {
                parameters.TryAdd(token.ToLowerInvariant(), value);
                continue;
            }

            parameters = new Dictionary<string, string>(StringComparer.Ordinal);
            challenges.Add(new Challenge(token.ToLowerInvariant(), parameters));
            SkipBlanks();
            SkipToken68();
        }
    }

    // A name is followed by "=" and a token or a quoted string. Without "=" it is the scheme of the next challenge.
    private bool TryReadValue(out string value)
    {
        int start = _position;
        SkipBlanks();
        if (AtEnd || _text[_position] != '=')
        {
            _position = start;
            value = "";
            return false;
        }

        _position++;
        SkipBlanks();
        value = !AtEnd && _text[_position] == '"' ? ReadQuoted() : ReadBareValue();
        return true;
    }

    private string ReadQuoted()
    {
        var value = new StringBuilder();
        for (_position++; !AtEnd && _text[_position] != '"'; _position++)
        {
            if (_text[_position] == '\\' && _position + 1 < _text.Length) _position++;
            value.Append(_text[_position]);
        }

        _position++;
        return value.ToString();
    }

    // token68 stands alone after the scheme: letters, digits and padding, then a comma or the end.
    private void SkipToken68()
    {
        int start = _position;
        SkipLettersAnd("-._~+/");
        while (!AtEnd && _text[_position] == '=') _position++;
        bool any = _position > start;
        SkipBlanks();
        if (!any || !(AtEnd || _text[_position] == ',')) _position = start;
    }

    // Some registries omit the quotes around a URL, which the grammar requires.
    private string ReadBareValue()
    {
        int start = _position;
        while (!AtEnd && _text[_position] is not (',' or ' ' or '\t')) _position++;
        return _text[start.._position].ToString();
    }

    private string ReadToken()
    {
        int start = _position;
        SkipLettersAnd("!#$%&'*+-.^_`|~");
        return _text[start.._position].ToString();
    }

    private void SkipLettersAnd(string others)
    {
        while (!AtEnd && (char.IsAsciiLetterOrDigit(_text[_position]) || others.Contains(_text[_position])))
            _position++;
    }

    private void SkipBlanks()
    {
        while (!AtEnd && _text[_position] is ' ' or '\t') _position++;
    }

    private void SkipSeparators()
    {
        while (!AtEnd && _text[_position] is ' ' or '\t' or ',') _position++;
    }

    private void SkipToComma()
    {
        while (!AtEnd && _text[_position] != ',')
        {
            if (_text[_position] == '"') ReadQuoted();
            else _position++;
        }
    }
}
